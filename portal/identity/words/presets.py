"""How each provider, or bridge to MitID, spells what the portal asks for and is told.

A further provider is one more of these, here or in a file (docs/sign-in.md), and no code.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from portal import i18n
from portal.identity.words.people import Loa, StaffRole
from portal.identity.words.refusals import RefusalKind


class PersonalIn(StrEnum):
    """Where a provider puts what it tells of a person."""

    ID_TOKEN = "id_token"  # noqa: S105 - a place, not a secret
    USERINFO = "userinfo"


class Assured(StrEnum):
    """For whom the portal's proof of who it is, is made out."""

    ISSUER = "issuer"
    TOKEN_ENDPOINT = "token_endpoint"  # noqa: S105 - as above


@dataclass(frozen=True, slots=True)
class Preset:
    """What one provider is asked, and how its answer is read."""

    scopes: tuple[str, ...]
    # Further parameters of the request; %(level)s stands for its word for the level.
    parameters: tuple[tuple[str, str], ...]
    language_parameter: str
    # A reader's view to the provider's language; for every other view that of NEAREST.
    languages: tuple[tuple[str, str], ...]
    max_age: int  # seconds that an earlier authentication may be old, as the request says it
    loa: tuple[str, ...]  # claims that may hold the level, the first present counts
    personal_in: PersonalIn
    cpr: str
    name: str
    roles: str  # staff: the claim that holds the roles
    role_names: tuple[tuple[str, StaffRole], ...]  # the provider's name of a role to ours
    level_words: tuple[tuple[str, str], ...]  # the name of our level to the word of the request
    loa_in: PersonalIn = PersonalIn.ID_TOKEN
    levels: tuple[tuple[str, Loa], ...] = ()  # spellings of levels beside those of NSIS
    loa_listed: bool = False  # the claim may be a list, whose highest level counts
    has_cpr: str = ""  # the claim by which a missing number is told from a forgotten one
    provider_session: tuple[str, ...] = ("sid",)
    transaction: tuple[str, ...] = ()
    # What its errors begin with, beside those that all share: what it means, and our code for it.
    refusals: tuple[tuple[str, RefusalKind, str], ...] = ()
    assured: Assured = Assured.ISSUER
    by_certificate: bool = False  # it knows our key by a certificate, not by a key's name


NEAREST = "en"  # the view that stands for one whose language a provider does not speak
_LANGUAGES = (("da", "da"), ("da-simple", "da"), ("en", "en"))
_EVERY = tuple((view.key, i18n.language(view)) for view in i18n.KNOWN.values())
_ROLE_NAMES = tuple((role.value, role) for role in StaffRole)  # the provider is asked for ours
_MAX_AGE = 120
_NSIS = (("SUBSTANTIAL", "Substantial"), ("HIGH", "High"))
_LOWER = (("SUBSTANTIAL", "substantial"), ("HIGH", "high"))

SIMULATOR = Preset(
    scopes=("openid", "profile", "ssn"),
    parameters=(("acr_values", "https://data.gov.dk/concept/core/nsis/%(level)s"),),
    language_parameter="ui_locales",
    languages=_EVERY,
    max_age=_MAX_AGE,
    loa=("acr",),
    personal_in=PersonalIn.USERINFO,
    cpr="cpr",
    name="name",
    roles="roles",
    role_names=_ROLE_NAMES,
    level_words=_NSIS,
)

NETS_EID_BROKER = Preset(
    scopes=("openid", "mitid", "ssn"),
    parameters=(
        ("idp_values", "mitid"),
        (
            "idp_params",
            '{"mitid":{"loa_value":"https://data.gov.dk/concept/core/nsis/%(level)s"}}',
        ),
    ),
    language_parameter="language",
    languages=_LANGUAGES,
    max_age=_MAX_AGE,
    loa=("loa", "acr"),
    personal_in=PersonalIn.USERINFO,
    cpr="dk.cpr",
    name="mitid.identity_name",
    roles="roles",
    role_names=_ROLE_NAMES,
    level_words=_NSIS,
    has_cpr="mitid.has_cpr",
    provider_session=("sid", "neb_sid"),
    transaction=("transaction_id",),
)

# A bridge hands the attributes of OIOSAML 3 on by their own names.
NEMLOGIN_BRIDGE = Preset(
    scopes=("openid", "profile"),
    parameters=(("acr_values", "https://data.gov.dk/concept/core/nsis/loa/%(level)s"),),
    language_parameter="ui_locales",
    languages=_LANGUAGES,
    max_age=_MAX_AGE,
    loa=("https://data.gov.dk/concept/core/nsis/loa", "acr"),
    personal_in=PersonalIn.ID_TOKEN,
    cpr="https://data.gov.dk/model/core/eid/cprNumber",
    name="https://data.gov.dk/model/core/eid/fullName",
    roles="roles",
    role_names=_ROLE_NAMES,
    level_words=_NSIS,
    transaction=("session_index",),
    refusals=(  # status codes of SAML, where the bridge hands them on
        ("urn:oasis:names:tc:saml:2.0:status:authnfailed", RefusalKind.STOPPED, "authn_failed"),
        (
            "urn:oasis:names:tc:saml:2.0:status:noauthncontext",
            RefusalKind.TRY_AGAIN,
            "low_assurance",
        ),
        ("urn:oasis:names:tc:saml:2.0:status:nopassive", RefusalKind.TRY_AGAIN, "no_passive"),
    ),
)

IDURA = Preset(
    scopes=("openid", "ssn"),
    parameters=(("acr_values", "urn:grn:authn:dk:mitid:%(level)s"),),
    language_parameter="ui_locales",
    languages=_LANGUAGES,
    max_age=_MAX_AGE,
    loa=("acr", "authenticationtype"),
    personal_in=PersonalIn.ID_TOKEN,
    cpr="cprNumberIdentifier",
    name="name",
    roles="roles",
    role_names=_ROLE_NAMES,
    level_words=_LOWER,
    transaction=("transactionId",),
    refusals=(("mitid_nonce_cookie", RefusalKind.TRY_AGAIN, "mitid_no_ctx"),),
)

SIGNICAT = Preset(
    scopes=("openid", "profile", "nin", "mitid-extra"),
    parameters=(("acr_values", "idp:mitid loa:%(level)s"),),
    language_parameter="ui_locales",
    languages=_LANGUAGES,
    max_age=_MAX_AGE,
    loa=("mitid_loa",),
    loa_in=PersonalIn.USERINFO,
    personal_in=PersonalIn.USERINFO,
    cpr="nin",
    name="name",
    roles="roles",
    role_names=_ROLE_NAMES,
    level_words=_LOWER,
    has_cpr="mitid_has_cpr",
    transaction=("mitid_transaction_id", "transaction_id"),
    refusals=(("user aborted", RefusalKind.STOPPED, "user_aborted"),),
)

# The authority's own directory knows no NSIS. It says which of its demands were met, by names that
# its administrator gives: c1 stands for what the authority holds to be Substantial, c2 for High.
ENTRA_STAFF = Preset(
    scopes=("openid", "profile"),
    parameters=(("claims", '{"id_token":{"acrs":{"essential":true,"value":"%(level)s"}}}'),),
    language_parameter="ui_locales",
    languages=_LANGUAGES,
    max_age=_MAX_AGE,
    loa=("acrs",),
    loa_listed=True,
    levels=(("c1", Loa.SUBSTANTIAL), ("c2", Loa.HIGH)),
    personal_in=PersonalIn.ID_TOKEN,
    cpr="",
    name="name",
    roles="roles",
    role_names=_ROLE_NAMES,
    level_words=(("SUBSTANTIAL", "c1"), ("HIGH", "c2")),
    transaction=("uti",),
    refusals=(
        ("aadsts65004:", RefusalKind.STOPPED, "declined_user_consent"),
        ("aadsts50105:", RefusalKind.ERROR, "no_role"),  # assigned to nothing here
        ("aadsts53003:", RefusalKind.TRY_AGAIN, "low_assurance"),  # its demands were not met
    ),
    assured=Assured.TOKEN_ENDPOINT,
    by_certificate=True,
)

PRESETS = {
    "simulator": SIMULATOR,
    "nets-eid-broker": NETS_EID_BROKER,
    "nemlogin-bridge": NEMLOGIN_BRIDGE,
    "idura": IDURA,
    "signicat": SIGNICAT,
    "entra-staff": ENTRA_STAFF,
}


class PresetWrong(Exception):
    """A preset from a file cannot be used. The message names what is wrong with it."""
