"""``passerelle export``: a brief, from its file or the store, out in each format."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fixtures.briefs import exchange_brief, paper_brief
from typer.testing import CliRunner, Result

from corpus.store import BriefEntry, keep_brief, open_store
from passerelle import cli
from passerelle.settings import settings
from pipelines.brief import to_json
from pipelines.render import render_bytes

pytestmark = pytest.mark.usefixtures("home")
ENDINGS = {"md": "md", "html": "html", "docx": "docx", "xliff": "xlf", "json": "json"}


@pytest.fixture
def brief_file(tmp_path: Path) -> Path:
    path = tmp_path / "brief.json"
    path.write_text(to_json(paper_brief()), encoding="utf-8")
    return path


def export(*words: str | Path) -> Result:
    return CliRunner().invoke(cli.app, ["export", *map(str, words)])


def refused(result: Result) -> str:
    """The one line in which a wrong input is refused."""
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    return line


@pytest.mark.parametrize("form", ENDINGS)
def test_each_format_goes_to_standard_output(brief_file: Path, form: str) -> None:
    result = export(brief_file, "--format", form)
    assert result.exit_code == 0
    assert result.stdout_bytes == render_bytes(paper_brief(), ENDINGS[form])


@pytest.mark.parametrize("form", ENDINGS)
def test_each_format_goes_to_a_file_whose_path_is_told(
    brief_file: Path, tmp_path: Path, form: str
) -> None:
    out = tmp_path / "sent" / "brief.out"
    result = export(brief_file, "--format", form, "--out", out)
    assert (result.exit_code, result.stdout) == (0, f"{out}\n")
    assert out.read_bytes() == render_bytes(paper_brief(), ENDINGS[form])


def test_in_a_folder_the_file_has_the_brief_s_id_and_the_format_s_ending(
    brief_file: Path, tmp_path: Path
) -> None:
    export(brief_file, "--format", "xliff", "--out", tmp_path)
    assert (tmp_path / f"{paper_brief().id}.xlf").is_file()


def test_an_id_that_is_a_path_stays_in_the_folder(tmp_path: Path) -> None:
    source, folder = tmp_path / "brief.json", tmp_path / "sent"
    folder.mkdir()
    source.write_text(to_json(replace(paper_brief(), id="../../away")), encoding="utf-8")
    export(source, "--format", "md", "--out", folder)
    assert [path.name for path in folder.iterdir()] == ["away.md"]


def test_a_brief_of_the_store_is_found_by_its_id() -> None:
    brief = exchange_brief()
    entry = BriefEntry(
        brief.id, "edition", brief.documents[0].id, "staff", "fr", "draft", to_json(brief)
    )
    keep_brief(open_store(settings().database_url), entry)
    result = export(brief.id, "--format", "docx")
    assert result.exit_code == 0
    assert result.stdout_bytes == render_bytes(brief, "docx")


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("b-absent", "no brief of this id in the store; give the brief's .json file"),
        ("absent.json", "no such file; give the brief's .json file"),
    ],
)
def test_a_brief_that_isn_t_there_is_refused_in_one_line(named: str, said: str) -> None:
    assert said in refused(export(named, "--format", "md"))


def test_a_file_that_is_no_brief_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text("# Notes\n")
    assert "notes.md: not JSON" in refused(export(path, "--format", "html"))


def test_a_place_that_can_t_be_written_is_refused_in_one_line(brief_file: Path) -> None:
    said = refused(export(brief_file, "--format", "md", "--out", brief_file / "x" / "y.md"))
    assert "can't be written" in said
    assert "name another file" in said


def test_an_unknown_format_is_a_usage_error(brief_file: Path) -> None:
    assert export(brief_file, "--format", "odt").exit_code == 2
