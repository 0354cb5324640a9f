"""The keys themselves: wrapped by a key that stands nowhere near them, and replaced one by one."""
