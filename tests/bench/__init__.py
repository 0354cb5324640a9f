"""Benchmarks: `python -m tests.bench`. docs/benchmarks.md tells how to read what it prints."""
