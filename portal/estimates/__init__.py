"""The expected decision date: a range with its basis, or the reason why there is none."""
