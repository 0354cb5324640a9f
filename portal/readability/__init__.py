"""How hard a text is to read, measured by LIX."""
