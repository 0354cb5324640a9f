"""The vocabulary of a complaint case: codes, what can happen to a case, and what a case is.

Codes that a case system may invent (areas, outcomes, reasons, kinds) are plain strings in what
arrives; the enums name those that the portal has words for. Any other code is kept and is never
guessed at.
"""

# It is one vocabulary; its three files only divide it.
from portal.cases.words.codes import *  # noqa: F403
from portal.cases.words.happenings import *  # noqa: F403
from portal.cases.words.state import *  # noqa: F403
