"""What came of what citizens said: changes, their public words, and the register of ideas."""
