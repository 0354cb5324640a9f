"""How the open figures are made."""
