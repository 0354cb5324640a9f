"""Writes about keys, and of what was made with one that is being replaced."""

# They belong together; the files only divide them.
from portal.keys.actions.lookups import *  # noqa: F403
from portal.keys.actions.resealing import *  # noqa: F403
from portal.keys.actions.ring import *  # noqa: F403
