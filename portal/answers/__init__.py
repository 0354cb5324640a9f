"""Answers on their way: taken in for a token, and waiting until there are enough to release."""
