"""The vocabulary of sign-in: how sure, who, with which role, why somebody was refused, by whom."""

# It is one vocabulary; its files only divide it.
from portal.identity.words.people import *  # noqa: F403
from portal.identity.words.presets import *  # noqa: F403
from portal.identity.words.refusals import *  # noqa: F403
