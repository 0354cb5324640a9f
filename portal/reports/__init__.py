"""Reports, charts and exports: what is shown of closed quarters, put together for a reader."""
