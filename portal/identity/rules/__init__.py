"""How identity is judged. Pure: values in, values out."""

# They belong together; the files only divide them.
from portal.identity.rules.claims import *  # noqa: F403
from portal.identity.rules.presets import *  # noqa: F403
from portal.identity.rules.refusals import *  # noqa: F403
from portal.identity.rules.sealing import *  # noqa: F403
from portal.identity.rules.tokens import *  # noqa: F403
