"""Who somebody is: persons, the accounts they sign in with, and how sure that is."""
