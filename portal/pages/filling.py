"""Puts what somebody had typed back into a page's form. The page stays as it is in all else."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portal.kept_forms.words import Typed

Attributes = list[tuple[str, str | None]]
AS_THEY_ARE = {"submit", "button", "image", "reset", "file", "password"}
TICKED = {"radio", "checkbox"}
NEVER = {"csrf_token"}


def filled(page: str, typed: Typed) -> tuple[str, bool]:
    """The page with its form filled in, and whether it has that form."""
    forms = _Forms()
    forms.feed(page)
    which = forms.fitting(typed)
    if which is None:
        return page, False
    filling = _Filling(which, typed)
    filling.feed(page)
    filling.close()
    return "".join(filling.out), True


class _Forms(HTMLParser):
    """The forms of a page that send something: where to, and with which hidden fields."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((told.get("action", ""), {}))
        elif tag == "input" and told.get("type") == "hidden" and self.forms:
            self.forms[-1][1][told.get("name", "")] = told.get("value", "")

    def fitting(self, typed: Typed) -> int | None:
        """Which form it is: of several that go to one address, the one most like it."""
        sent = dict(typed.fields)
        alike = [
            (sum(sent.get(name) == value for name, value in hidden.items()), -place)
            for place, (action, hidden) in enumerate(self.forms)
            if (action.partition("?")[0] or typed.page.partition("?")[0]) == typed.action
        ]
        return -max(alike)[1] if alike else None


class _Filling(HTMLParser):
    """Writes a page anew, piece by piece as it came, but for the fields of one form."""

    def __init__(self, which: int, typed: Typed) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self._which, self._form, self._inside = which, -1, False
        self._values: dict[str, list[str]] = {}
        for name, value in typed.fields:
            self._values.setdefault(name, []).append(value)
        self._select: list[str] | None = None
        self._skipping = False  # what stood in a text area that is filled in

    def _as_it_came(self) -> str:
        return self.get_starttag_text() or ""

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.handle_starttag(tag, attrs)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if tag == "form":
            self._form += 1
            self._inside = self._form == self._which
            self._say(self._as_it_came())
            return
        told = {name: value or "" for name, value in attrs}
        self._say(self._changed(tag, told, attrs) if self._inside else self._as_it_came())

    def _changed(self, tag: str, told: Mapping[str, str], attrs: Attributes) -> str:
        name = told.get("name", "")
        if tag == "select":
            self._select = self._values.get(name)
        elif tag == "option" and self._select is not None:
            return _tag(tag, _with(attrs, "selected", told.get("value") in self._select))
        elif tag == "textarea" and name in self._values:
            text = _tag(tag, attrs) + "\n" + escape(self._values[name][0], quote=False)
            self._skipping = True
            self.out.append(text)
            return ""
        elif tag == "input" and name not in NEVER:
            return self._input(told, attrs)
        return self._as_it_came()

    def _input(self, told: Mapping[str, str], attrs: Attributes) -> str:
        kind, name = told.get("type", "text"), told.get("name", "")
        if kind in TICKED:  # one that is not ticked is not sent
            ticked = told.get("value", "on") in self._values.get(name, ())
            return _tag("input", _with(attrs, "checked", ticked))
        if kind in AS_THEY_ARE or name not in self._values:
            return self._as_it_came()
        kept = [pair for pair in attrs if pair[0] != "value"]
        return _tag("input", [*kept, ("value", self._values[name][0])])

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._skipping = False
        elif tag == "select":
            self._select = None
        elif tag == "form":
            self._inside = False
        self._say(f"</{tag}>")

    def _say(self, piece: str) -> None:
        if not self._skipping:
            self.out.append(piece)

    def handle_data(self, data: str) -> None:
        self._say(data)

    def handle_entityref(self, name: str) -> None:
        self._say(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._say(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self._say(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self._say(f"<!{decl}>")


def _with(attrs: Attributes, name: str, there: bool) -> Attributes:  # noqa: FBT001 - one of two
    rest = [pair for pair in attrs if pair[0] != name]
    return [*rest, (name, None)] if there else rest


def _tag(tag: str, attrs: Attributes) -> str:
    told = "".join(f" {n}" if v is None else f' {n}="{escape(v)}"' for n, v in attrs)
    return f"<{tag}{told}>"
