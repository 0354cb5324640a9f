"""`indblik feedback`: train what hides names, and measure it."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from portal.cli import main

if TYPE_CHECKING:
    from pathlib import Path

SENTENCE = "1\tTak\tO\tx\ts\n2\tFreja\tB-PER\tx\ts\n3\tSolgaard\tI-PER\tx\ts\n\n1\tHej\tO\tx\ts\n\n"
COMMENT = {
    "lang": "da",
    "text": "Tak til Freja efter § 41.",
    "pii": [{"text": "Freja", "type": "person", "occurrence": 0}],
    "must_stay": ["§ 41"],
}


@pytest.fixture
def entities(tmp_path: Path) -> Path:
    folder = tmp_path / "entities"
    folder.mkdir()
    (folder / "da_ddt-ud-train.iob2.gz").write_bytes(gzip.compress(SENTENCE.encode() * 20))
    return folder


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["feedback", *map(str, arguments)])
    return result.exit_code, result.output


def test_training_twice_gives_the_same_files(entities: Path, tmp_path: Path) -> None:
    models = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        code, said = run("train", "--entities", entities, "--out", tmp_path / name / "cased.crf")
        assert code == 0, said
        assert "from 40 sentences" in said
        models.append([(tmp_path / name / f).read_bytes() for f in ("cased.crf", "lower.crf")])
    assert models[0] == models[1]
    assert models[0][0] != models[0][1]


def test_training_on_something_else(entities: Path) -> None:
    (entities / "da_ddt-ud-train.iob2.gz").write_text("no words\n")
    code, said = run("train", "--entities", entities)
    assert code == 1
    assert "cannot use da_ddt-ud-train.iob2.gz: line 1" in said


def test_figures_for_people(tmp_path: Path) -> None:
    comments, words = tmp_path / "c.jsonl", tmp_path / "w.iob2"
    comments.write_text(json.dumps(COMMENT))
    words.write_text(SENTENCE)
    code, said = run("evaluate", comments, words)
    assert code == 0, said
    assert "person        100.0 % hidden of     5" in said
    assert "must stay    1 of 1 left intact" in said
    assert "PER           100.0 % hidden of     2" in said
    assert "plain words     0.0 of 1,000 hidden" in said


def test_figures_for_programs(tmp_path: Path) -> None:
    file = tmp_path / "c.jsonl.gz"
    file.write_bytes(gzip.compress(json.dumps(COMMENT).encode()))
    code, said = run("evaluate", file, "--json")
    assert code == 0, said
    found = json.loads(said)[str(file)]
    assert list(found) == ["all", "da"]
    assert found["da"]["hidden"] == {"person": 1.0}
    assert found["da"]["stayed"] == 1


@pytest.mark.parametrize("content", [b"{", b"\xff", b"\x1f\x8b\x08", b"word\n"])
def test_a_file_of_another_kind(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "wrong"
    file.write_bytes(content)
    code, said = run("evaluate", file)
    assert code == 1
    assert "cannot use wrong" in said
