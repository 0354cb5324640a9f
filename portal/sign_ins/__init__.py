"""Who is signed in where: the register of sessions, by which they are shown and ended."""
