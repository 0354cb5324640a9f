"""Real servers for tests: started when first asked for, ended by pid, nothing left behind."""
