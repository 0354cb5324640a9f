"""How accessible the portal is: what was found, what only people know, and what is said of it."""
