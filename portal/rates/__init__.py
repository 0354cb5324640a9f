"""How often somebody may come: counted together in Redis, and in the process where that is gone."""
