"""Which office answers for which coarse areas, and since when."""
