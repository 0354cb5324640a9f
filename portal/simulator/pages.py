"""The simulator as a web application of its own, beside the portal and never part of it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Flask, redirect, render_template, request

from portal.headers import dressed
from portal.i18n import DEFAULT, catalogs, nearest
from portal.settings import SettingsError
from portal.simulator.protocol import LEVELS, Protocol, public_half
from portal.simulator.words import Granted, Registered, WrongRequest, refuse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Response
    from flask.typing import ResponseReturnValue

    from portal.settings import Settings
    from portal.simulator.words import Invented

PRESET = "simulator"
ROOT = Path(__file__).parents[2]
BACK = {"citizen": "/log-ind/retur", "staff": "/medarbejder/retur"}
SIGNED_OUT = "/logget-ud"
NOTHING = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"

# What a person does instead of signing in, as a broker for MitID reports it.
REFUSALS = {
    "stop": {"error": "access_denied", "error_description": "mitid_user_aborted"},
    "time_out": {"error": "access_denied", "error_description": "mitid_timeout"},
}


def create_simulator(settings: Settings, people: Sequence[Invented]) -> Flask:
    """The simulator for these settings.

    Raises SettingsError unless this is a developer's machine that has chosen the simulator.
    """
    clients = _registered(settings)
    if not settings.on_loopback or not clients:
        message = "the sign-in simulator is for a developer's machine only"
        raise SettingsError(message)
    app = Flask("portal.simulator", template_folder=str(ROOT / "templates"), static_folder=None)
    protocol = Protocol(settings.citizen.issuer, clients)
    _init_templates(app)
    _add_machine_routes(app, protocol)
    _add_person_routes(app, protocol, list(people))
    app.add_url_rule("/end-session", "end", lambda: _end(settings.public_url))
    app.register_error_handler(WrongRequest, _wrong)
    _dress(app, settings.public_url)
    return app


def _dress(app: Flask, public_url: str) -> None:
    """Give its answers the headers of the portal's; its form leads back there."""
    policy = f"{NOTHING}; form-action 'self' {public_url}"

    @app.after_request
    def restrict(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    app.wsgi_app = dressed(app.wsgi_app, secure=False)  # type: ignore[assignment,method-assign]  # as Flask says


def _registered(settings: Settings) -> list[Registered]:
    both = (("citizen", settings.citizen), ("staff", settings.staff))
    return [
        Registered(
            client.client_id,
            public_half(client.key_file.read_bytes()),
            settings.public_url + BACK[audience],
            for_staff=audience == "staff",
        )
        for audience, client in both
        if client.preset == PRESET
    ]


def _init_templates(app: Flask) -> None:
    kept = catalogs(ROOT / "translations")
    app.jinja_env.add_extension("jinja2.ext.i18n")

    def words() -> dict[str, object]:
        view = nearest(request.values.get("ui_locales", ""), DEFAULT)
        catalog = kept[view.key]

        def say(key: str, **values: str) -> str:
            return catalog.gettext(key) % values if values else catalog.gettext(key)

        return {"say": say, "view": view}

    app.context_processor(words)


def _add_machine_routes(app: Flask, protocol: Protocol) -> None:
    @app.get("/.well-known/openid-configuration")
    def describe() -> ResponseReturnValue:
        return protocol.description()

    @app.get("/jwks")
    def keys() -> ResponseReturnValue:
        return protocol.keys()

    @app.post("/token")
    def token() -> ResponseReturnValue:
        try:
            return protocol.exchange(request.form), {"Cache-Control": "no-store"}
        except WrongRequest as wrong:
            return {"error": str(wrong)}, 400

    @app.get("/userinfo")
    def userinfo() -> ResponseReturnValue:
        bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            return protocol.userinfo(bearer), {"Cache-Control": "no-store"}
        except WrongRequest as wrong:
            return {"error": str(wrong)}, 401


def _add_person_routes(app: Flask, protocol: Protocol, people: list[Invented]) -> None:
    @app.get("/authorize")
    def authorize() -> ResponseReturnValue:
        asked = protocol.ask(request.args)
        wanted = [
            (number, person)
            for number, person in enumerate(people)
            if (bool(person.roles) if asked.client.for_staff else person.cpr is not None)
        ]
        ticket = protocol.asked.hand_out(asked)
        return render_template(
            "simulator/authorize.html", people=wanted, ticket=ticket, levels=list(LEVELS)
        )

    @app.post("/authorize")
    def choose() -> ResponseReturnValue:
        asked = protocol.asked.redeem(request.form.get("ticket", ""), "ticket")
        refusal = REFUSALS.get(request.form.get("instead", ""))
        if refusal is not None:
            answer = refusal
        else:
            granted = Granted(asked, _chosen(people), _level(), int(time.time()))
            answer = {"code": protocol.codes.hand_out(granted), "iss": protocol.issuer}
        query = urlencode({**answer, "state": asked.state})
        return redirect(f"{asked.client.redirect_uri}?{query}", 303)


def _chosen(people: list[Invented]) -> Invented:
    number = request.form.get("person", "")
    if not number.isdecimal() or int(number) >= len(people):
        refuse("person")
    return people[int(number)]


def _level() -> str:
    level = request.form.get("level", "substantial")
    if level not in LEVELS:
        refuse("level")
    return level


def _end(public_url: str) -> ResponseReturnValue:
    if request.args.get("post_logout_redirect_uri") == public_url + SIGNED_OUT:
        return redirect(public_url + SIGNED_OUT, 303)
    return render_template("simulator/ended.html", portal=public_url)


def _wrong(wrong: WrongRequest) -> ResponseReturnValue:
    return render_template("simulator/wrong.html", reason=str(wrong)), 400
