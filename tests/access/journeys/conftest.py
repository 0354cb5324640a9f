"""The demonstration that the ways lead through."""

from __future__ import annotations

from tests.journeys.conftest import demo

__all__ = ["demo"]  # a fixture
