"""A running application with flaws, and a twin without: what wapiti is tried on."""

from __future__ import annotations

import sqlite3
import sys

from flask import Flask, request
from markupsafe import escape
from werkzeug.serving import make_server

LINKS = "".join(f'<a href="{path}">{path}</a> ' for path in
                ("/echo?q=a", "/go?to=/", "/find?name=anna", "/file?name=a.txt"))  # fmt: skip


def flawed() -> Flask:
    """Writes what it is told into pages, leads where it is told, asks SQL made of strings."""
    app = Flask("flawed")
    rows = sqlite3.connect(":memory:", check_same_thread=False)
    rows.execute("CREATE TABLE people (name TEXT)")
    app.add_url_rule("/", "home", lambda: f"<html><body>{LINKS}</body></html>")
    app.add_url_rule("/echo", "echo", lambda: f"<html><body>{request.args['q']}</body></html>")
    app.add_url_rule("/go", "go", lambda: ("", 302, {"Location": request.args["to"]}))

    @app.get("/find")
    def find() -> str:
        name = request.args["name"]
        try:
            found = rows.execute(f"SELECT name FROM people WHERE name = '{name}'").fetchall()  # noqa: S608 - planted
        except sqlite3.Error as error:
            return f"sqlite3.OperationalError: {escape(error)}"
        return str(len(found))

    @app.get("/file")
    def file() -> str:
        try:
            with open(request.args["name"], encoding="utf-8") as opened:  # noqa: PTH123 - planted
                return opened.read()
        except OSError:
            return "none"

    return app


if __name__ == "__main__":
    make_server("127.0.0.1", int(sys.argv[1]), flawed(), threaded=True).serve_forever()
