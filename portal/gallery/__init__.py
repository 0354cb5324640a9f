"""The gallery: every page in every state, for those who test whether everybody can use it.

A door above the whole house. It exists only where everybody is invented (portal/settings.py:
`invented`); elsewhere nothing imports it.
"""
