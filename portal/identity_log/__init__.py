"""Who tried to sign in, and what came of it: kept apart from cases, and for 180 days."""
