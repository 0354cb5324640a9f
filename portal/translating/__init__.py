"""What each view says beside what the Danish text says: what is missing, and what differs."""
