"""Which cells of linked tables may be published, so that no hidden one can be computed."""
