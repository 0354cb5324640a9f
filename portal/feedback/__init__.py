"""What citizens answered, once it is released from the answer door: ratings, and texts apart."""
