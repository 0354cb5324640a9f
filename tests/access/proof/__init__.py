"""The proof: every page, state and view looked at, counted, and written down with its evidence."""
