"""`indblik themes evaluate`: figures for people and programs, and files that cannot be used."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from portal.cli import evaluating, main
from tests.rooms.recognition.texts import Spelling, labelled

if TYPE_CHECKING:
    from pathlib import Path

    from portal.recognition.words import Labelled


@pytest.fixture(autouse=True)
def spelling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluating, "embedder", Spelling)


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["themes", "evaluate", *map(str, arguments)])
    return result.exit_code, result.output


def lines(ones: list[Labelled]) -> str:
    return "\n".join(
        json.dumps({"text": one.text, "lang": one.lang, "themes": one.themes}) for one in ones
    )


def test_figures_for_people(tmp_path: Path) -> None:
    file = tmp_path / "c.jsonl"
    file.write_text(lines([*labelled(30), *labelled(30, "en")]))
    code, said = run(file, "--labels", "20", "--rounds", "1", "--train-lang", "da")
    assert code == 0, said
    assert "c.jsonl: 20 labels a theme, 1 rounds, spelling-1" in said
    for word in ("others", "waiting", "first suggestions", "NMI", "assigned by the machine alone"):
        assert word in said
    assert "nr1" not in said


def test_figures_for_programs(tmp_path: Path) -> None:
    file = tmp_path / "t.csv.gz"
    rows = "".join(f"{one.themes[0]},{one.text}\n" for one in labelled(30))
    file.write_bytes(gzip.compress(f"label,feedback\n{rows}".encode()))
    code, said = run(file, "--labels", "5", "--rounds", "1", "--json", "--undescribed")
    assert code == 0, said
    found = json.loads(said)
    assert found["whole"]["texts"] == 90
    assert list(found["languages"]) == ["en"]
    assert found["groups"]["language_nmi"] < 0.05
    assert run(file, "--labels", "5", "--rounds", "1", "--json", "--undescribed")[1] == said


def test_a_folder_of_languages(tmp_path: Path) -> None:
    for name in ("dan_Latn.dev.tsv", "arb_Arab.dev.tsv.gz"):
        rows = "".join(f"{n}\t{o.themes[0]}\t{o.text}\n" for n, o in enumerate(labelled(20)))
        data = f"index_id\tcategory\ttext\n{rows}".encode()
        (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    code, said = run(tmp_path, "--labels", "5", "--rounds", "1", "--train-lang", "da")
    assert code == 0, said
    assert "ar " in said
    assert run(tmp_path / "dan_Latn.dev.tsv", "--labels", "5", "--rounds", "1")[0] == 0


@pytest.mark.parametrize(("name", "content"), [
    ("a.jsonl", b""), ("a.jsonl", b"{"), ("a.jsonl", b"\xff"), ("a.jsonl", b"\x1f\x8b\x08"),
    ("a.csv", b"label,text\na,b\n"), ("xyz.tsv", b"index_id\tcategory\ttext\n"),
    ("a.jsonl", b'{"text": "x", "lang": "da", "themes": ["a"]}'),
    ("a.jsonl", b'{"text": "x", "lang": "qq", "themes": ["a", "b"]}'),
])  # fmt: skip
def test_a_file_of_another_kind(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    code, said = run(tmp_path / name, "--labels", "5")
    assert code == 1
    assert f"cannot use {name}" in said


def test_a_language_that_is_not_there(tmp_path: Path) -> None:
    file = tmp_path / "c.jsonl"
    file.write_text(lines([*labelled(3), *labelled(3, "en")[:1]]))
    assert (
        "no texts in the language de; there are da, en"
        in run(file, "--labels", "5", "--train-lang", "de")[1]
    )
    assert (
        "no two themes to choose from in the language en"
        in run(file, "--labels", "5", "--train-lang", "en")[1]
    )
