"""Where sessions are kept: in Redis, or in files on a machine without it."""
