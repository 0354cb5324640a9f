"""Is every page usable by everybody? Probes, other people's checkers, and their own power."""
