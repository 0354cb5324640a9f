"""An OpenID provider for development: invented people, no secrets, and no likeness to MitID.

It cannot be started where the portal can be reached from outside.
"""

from portal.simulator.pages import create_simulator
from portal.simulator.words import Invented

__all__ = ["Invented", "create_simulator"]
