"""Figures of closed quarters: fixed tables, counted once, by the rule of `suppression`."""
