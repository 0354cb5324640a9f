"""What pages sound like: read by a virtual screen reader, compared with what a person has read."""
