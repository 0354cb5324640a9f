"""Putting what was typed back into a page changes its fields and nothing else."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kept_forms.words import Typed
from portal.pages.filling import filled

PAGE = """<!doctype html>
<html lang="da"><body><!-- a remark --><h1>A &amp; B &#38; C</h1>
<form method="post" action="/log-ud"><input type="hidden" name="csrf_token" value="t1"></form>
<form method="post" action="/a"><input type="hidden" name="csrf_token" value="t2">
<input type="hidden" name="version" value="3"><input type="hidden" name="which" value="one">
<input type="text" name="name" value="old"><textarea name="long" rows="3">
old &lt;text&gt;</textarea>
<input type="checkbox" name="k" value="x" checked><input type="checkbox" name="k" value="y">
<input type="radio" name="r" value="1"><input type="radio" name="r" value="2" checked>
<select name="s"><option value="">-</option><option value="p" selected>P</option>
<option value="q">Q</option></select>
<button name="do" value="it">Send</button></form>
<form method="post" action="/a"><input type="hidden" name="which" value="two">
<input type="text" name="name" value="second"></form></body></html>"""


def typed(**fields: str | list[str]) -> Typed:
    pairs = (
        (n, v) for n, told in fields.items() for v in ([told] if isinstance(told, str) else told)
    )
    return Typed("/page", "/a", tuple(pairs))


def test_each_kind_of_field() -> None:
    sent = typed(which="one", version="2", name='a "b" <c>', long="1\n2 & <3>", k="y", r="1", s="q",
                 csrf_token="stolen", do="other")  # fmt: skip
    page, done = filled(PAGE, sent)
    assert done
    assert 'name="name" value="a &quot;b&quot; &lt;c&gt;"' in page
    assert ">\n1\n2 &amp; &lt;3&gt;</textarea>" in page
    assert 'value="x">' in page
    assert 'value="y" checked>' in page
    assert 'name="r" value="1" checked>' in page
    assert 'name="r" value="2">' in page
    assert '<option value="q" selected>' in page
    assert '<option value="p">' in page
    assert 'name="version" value="2"' in page  # it is refused where it is out of date
    assert 'value="t2"' in page  # the token is this page's own
    assert 'value="it">' in page
    assert 'value="second"' in page
    assert "stolen" not in page


def test_of_two_alike_the_one_that_was_sent() -> None:
    page, _ = filled(PAGE, typed(which="two", name="new"))
    assert 'name="name" value="old"' in page
    assert 'name="name" value="new"' in page
    assert "second" not in page


def test_a_page_without_the_form_stays_as_it_is() -> None:
    assert filled(PAGE, Typed("/page", "/b", (("name", "x"),))) == (PAGE, False)


def test_all_else_stays_as_it_is() -> None:
    same = typed(which="two", name="second")
    assert filled(PAGE, same)[0] == PAGE


@pytest.mark.parametrize(
    "page", ["", "<p>", "<form action='/a'", "<form action=/a><select><option>"]
)
def test_odd_pages(page: str) -> None:
    assert isinstance(filled(page, typed(name="x"))[0], str)


@given(st.text())
def test_no_text_breaks_out_of_its_field(text: str) -> None:
    page, _ = filled(PAGE, typed(which="one", name=text, long=text))
    assert page.count("<") == PAGE.count("<")
    assert text.replace("\r", "") in unescape(page).replace("\r", "") or "&" in text or "\0" in text
