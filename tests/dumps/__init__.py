"""What whoever has taken a copy of every store can find in it, without the keys."""
