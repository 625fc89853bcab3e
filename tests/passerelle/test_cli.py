"""The command line as a user meets it: run as a program where that matters, else in place."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from corpus.document import document_from_json
from corpus.settings_base import read_again
from passerelle import cli
from pipelines.brief import Check, Failure, from_json

ROOT = Path(__file__).resolve().parents[2]
PROSE = """# Shade on Main Street

## Results

Streets with more trees were cooler in the afternoon than streets without them. In 31 units that
lost canopy, calls rose by 17%. We do not know whether the trees are the only cause.
"""


pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "shade.md"
    path.write_text(PROSE)
    return path


def run(*words: str | Path, typed: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli.app, [str(word) for word in words], input=typed)


def run_program(
    *words: str | Path, typed: bytes | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "passerelle", *map(str, words)],
        input=typed,
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
        timeout=120,
    )


def failures_of(result: Result) -> list[str]:
    lines = result.stderr.splitlines()
    assert all(line.startswith("passerelle: ") for line in lines), result.stderr
    return [line.removeprefix("passerelle: ") for line in lines]


# Help and usage


def test_help_names_every_command() -> None:
    shown = run_program("--help", COLUMNS="100").stdout.decode()
    for command in ("draft", "ingest", "read", "readability", "verify", "doctor"):
        assert command in shown


def test_help_loads_no_heavy_library() -> None:
    program = (
        "import sys\nfrom passerelle import cli\n"
        "try: cli.app(['draft', '--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'torch', 'transformers', 'sqlalchemy', 'lxml', 'textstat', 'numpy'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stderr.strip() == "[]"


def test_the_version_is_the_installed_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "version", {"passerelle": "1.2.3"}.__getitem__)
    result = run("--version")
    assert (result.exit_code, result.stdout) == (0, "passerelle 1.2.3\n")


@pytest.mark.parametrize(
    "words",
    [
        ["draft"],
        ["summon"],
        ["draft", "a.md", "--audience", "everybody"],
        ["draft", "a.md", "--language", "de"],
        ["readability", "-", "--loud"],
        ["verify", "brief.json"],
    ],
)
def test_wrong_usage_is_exit_status_2(words: list[str]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


# Failures


@pytest.mark.parametrize(
    "words",
    [
        ["draft", "missing.pdf"],
        ["draft", "missing.pdf", "--json"],
        ["ingest", "missing.pdf"],
        ["ingest", "missing.pdf", "--json"],
        ["read", "missing.pdf", "--json"],
        ["readability", "missing.pdf", "--json"],
    ],
)
def test_a_missing_source_is_one_line_on_standard_error(words: list[str]) -> None:
    result = run(*words)
    assert result.exit_code == 1
    [line] = failures_of(result)
    assert line.startswith("missing.pdf: ")
    assert "no such file or folder; check the path" in line


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.pdf", b""),
        ("cut.xml", b"<?xml version='1.0'?><article><front><article-meta>"),
        ("picture.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 64),
        ("noise.txt", bytes(range(256)) * 20),
        ("deep.xml", b"<?xml version='1.0'?><article>" + b"<sec>" * 100_000),
    ],
)
@pytest.mark.parametrize("command", ["read", "ingest", "draft"])
def test_a_bad_file_is_one_line_and_no_traceback(
    tmp_path: Path, command: str, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    result = run(command, tmp_path / name, "--json")
    assert result.exit_code == 1
    [line] = failures_of(result)
    assert line.startswith(f"{tmp_path / name}: ")
    assert "internal error" not in line
    assert line.count(name) == 1


def test_a_wrong_setting_is_one_line(monkeypatch: pytest.MonkeyPatch, paper: Path) -> None:
    monkeypatch.setenv("PASSERELLE_TIMEZONE", "Mars/Olympus")
    read_again()
    result = run("ingest", paper)
    assert result.exit_code == 1
    assert failures_of(result) == [
        "PASSERELLE_TIMEZONE=Mars/Olympus: no such time zone; name one as America/Toronto"
    ]


def test_a_wrong_database_is_one_line(monkeypatch: pytest.MonkeyPatch, paper: Path) -> None:
    monkeypatch.setenv("PASSERELLE_DATABASE_URL", "nowhere")
    read_again()
    result = run("draft", paper)
    assert result.exit_code == 1
    [line] = failures_of(result)
    assert "not a database address" in line


def test_the_programs_own_failing_is_one_line_and_in_the_log(
    monkeypatch: pytest.MonkeyPatch, paper: Path, home: Path
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(cli, "_read", fail)
    result = run("read", paper)
    assert result.exit_code == 1
    [line] = failures_of(result)
    assert line.startswith("internal error (ZeroDivisionError), recorded in passerelle.log")
    assert "Traceback" in (home / "passerelle.log").read_text()


def test_a_reader_that_goes_away_is_no_traceback(paper: Path) -> None:
    paper.write_text(PROSE + "\n\nStreets with more trees were cooler." * 20_000)
    program = subprocess.Popen(
        [sys.executable, "-m", "passerelle", "read", str(paper)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.read(10)
    program.stdout.close()
    assert program.stderr.read() == b""
    assert program.wait(timeout=60) == 1


def test_standard_output_that_is_closed_at_once_is_no_traceback(paper: Path) -> None:
    for words in (["ingest", str(paper), "--json"], ["read", str(paper), "--json"]):
        reading, writing = os.pipe()
        os.close(reading)
        done = subprocess.run(
            [sys.executable, "-m", "passerelle", *words],
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
        )
        os.close(writing)
        assert (done.returncode, done.stderr) == (1, b"")


def test_stopping_it_is_one_line_and_exit_status_130(
    monkeypatch: pytest.MonkeyPatch, paper: Path
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_read", stop)
    result = run("read", paper)
    assert result.exit_code == 130
    assert failures_of(result) == ["stopped; what is done is kept, run it again"]


@pytest.mark.sqlite
def test_a_locked_database_is_one_line_and_no_internal_error(
    monkeypatch: pytest.MonkeyPatch, paper: Path, home: Path
) -> None:
    run("ingest", paper)
    paper.write_text(PROSE.replace("17%", "18%"))
    monkeypatch.setattr("corpus.store.database.BUSY_SECONDS", 0)
    with closing(sqlite3.connect(home / "passerelle.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        result = run("ingest", paper)
    assert result.exit_code == 1
    [line] = failures_of(result)
    assert "(database is locked); try again" in line
    assert not (home / "passerelle.log").exists()


# ingest and read


def test_ingest_says_for_each_source_what_became_of_it(tmp_path: Path, paper: Path) -> None:
    (tmp_path / "copy.md").write_text(PROSE)
    result = run("ingest", paper, tmp_path / "copy.md", tmp_path / "gone.md", "--json")
    assert result.exit_code == 1
    rows = json.loads(result.stdout)["outcomes"]
    assert [(Path(row["source"]).name, row["state"]) for row in rows] == [
        ("shade.md", "added"),
        ("copy.md", "duplicate"),
        ("gone.md", "quarantined"),
    ]
    assert rows[0]["document"] == rows[1]["document"] == rows[0]["sha256"][:16]
    assert "no such file" in rows[2]["reason"]


def test_ingest_tells_a_person_one_line_each(paper: Path) -> None:
    result = run("ingest", paper)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.split() == ["added", str(paper)]


def test_read_prints_the_document_and_nothing_else(paper: Path) -> None:
    result = run("read", paper, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    document = document_from_json(result.stdout)
    assert (document.title, document.source) == ("Shade on Main Street", "shade.md")
    told = list(json.loads(result.stdout))
    assert told[-5:] == ["text", "blocks", "anchors", "article_type", "relations"]


def test_read_shows_a_person_each_block_with_its_place(samples: Path) -> None:
    result = run("read", samples / "heat-exchange.vtt")
    assert result.exit_code == 0
    assert "exchange, en" in result.stdout
    assert "[turn, 00:0" in result.stdout


def test_output_is_utf8_whatever_the_terminal_says(tmp_path: Path) -> None:
    path = tmp_path / "été.md"
    path.write_text("# Îlots de chaleur\n\nLes rues qui ont plus d'arbres étaient plus fraîches.")
    done = run_program("read", path, "--json", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert json.loads(done.stdout.decode("utf-8"))["title"] == "Îlots de chaleur"


# readability


def test_readability_scores_a_text_from_standard_input() -> None:
    result = run("readability", "-", "--json", typed="Shade cools the street. It is not a cure.")
    assert (result.exit_code, result.stderr) == (0, "")
    told = json.loads(result.stdout)
    assert (told["source"], told["language"]) == ("-", "en")
    assert "flesch_kincaid_grade" in told["scores"]
    assert [row["text"] for row in told["sentences"]] == [
        "Shade cools the street.",
        "It is not a cure.",
    ]
    keys = {"start", "end", "text", "scores", "reasons", "weights", "rare_words"}
    assert set(told["sentences"][0]) == keys
    assert "passerelle_grade" in told["scores"]


def test_readability_takes_the_language_it_is_told() -> None:
    result = run("readability", "-", "--language", "fr", "--json", typed="Canopy 2024.")
    assert json.loads(result.stdout)["language"] == "fr"


def test_readability_shows_a_person_tables(paper: Path) -> None:
    result = run("readability", paper)
    assert result.exit_code == 0
    assert "flesch_kincaid_grade" in result.stdout
    assert "what makes it hard" in result.stdout


@pytest.mark.parametrize("typed", [b"", b"\xff\xfe\x00caf\xe9"])
def test_readability_of_no_text_is_one_line(typed: bytes) -> None:
    result = run("readability", "-", typed=typed)
    assert result.exit_code == 1
    [line] = failures_of(result)
    assert line.startswith("-: ")


# draft and verify, through the real steps


@pytest.fixture(scope="module")
def drafted(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, subprocess.CompletedProcess[bytes]]:
    folder = tmp_path_factory.mktemp("drafted")
    (folder / "shade.md").write_text(PROSE)
    done = run_program(
        "draft",
        folder / "shade.md",
        folder / "missing.md",
        "--out",
        folder / "briefs",
        "--json",
        PASSERELLE_HOME=str(folder / "home"),
        HF_HUB_OFFLINE="1",
    )
    return folder, done


def test_draft_prints_the_contracts_json_and_writes_four_files(
    drafted: tuple[Path, subprocess.CompletedProcess[bytes]],
) -> None:
    folder, done = drafted
    assert done.returncode == 1  # for the missing one
    assert done.stderr.decode().splitlines() == [
        f"passerelle: {folder / 'missing.md'}: no such file or folder; check the path"
    ]
    told = json.loads(done.stdout)
    assert list(told) == ["briefs", "failures"]
    assert told["failures"] == [
        {
            "source": str(folder / "missing.md"),
            "reason": "no such file or folder; check the path",
        }
    ]
    [brief] = told["briefs"]
    assert brief["schema"] == "passerelle/brief/1"
    assert brief["audience"] == "staff"
    names = sorted(path.name for path in (folder / "briefs").iterdir())
    assert names == sorted(f"{brief['id']}.{form}" for form in ("html", "json", "md", "xlf"))
    assert json.loads((folder / "briefs" / f"{brief['id']}.json").read_text()) == brief


def test_a_drafted_brief_passes_its_checks_and_a_planted_fault_does_not(
    drafted: tuple[Path, subprocess.CompletedProcess[bytes]], tmp_path: Path
) -> None:
    folder, _ = drafted
    [path] = (folder / "briefs").glob("*.json")
    good = run("verify", path, "--document", folder / "shade.md", "--json")
    told = json.loads(good.stdout)
    assert (good.exit_code, told["passed"], told["brief"]) == (0, True, path.stem)
    brief = json.loads(path.read_text())
    evidenced = next(segment for segment in brief["segments"] if segment["evidence"])
    evidenced["evidence"][0]["quote"] = "Streets with more trees were hotter."
    (tmp_path / "fault.json").write_text(json.dumps(brief))
    bad = run("verify", tmp_path / "fault.json", "--document", folder / "shade.md", "--json")
    told = json.loads(bad.stdout)
    assert (bad.exit_code, told["passed"]) == (1, False)
    assert failures_of(bad)
    assert {check["name"] for check in told["checks"] if not check["passed"]}


def test_draft_shows_a_person_the_brief_and_where_it_is(
    drafted: tuple[Path, subprocess.CompletedProcess[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = drafted
    monkeypatch.setenv("PASSERELLE_HOME", str(folder / "home"))
    read_again()
    result = run("draft", folder / "shade.md", "--out", folder / "briefs")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Shade on Main Street" in result.stdout
    assert [line.rpartition(".")[2] for line in result.stdout.splitlines()[-4:]] == [
        "md",
        "html",
        "xlf",
        "json",
    ]


def test_without_out_briefs_go_to_the_outbox(
    drafted: tuple[Path, subprocess.CompletedProcess[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = drafted
    monkeypatch.setenv("PASSERELLE_HOME", str(folder / "home"))
    read_again()
    assert run("draft", folder / "shade.md", "--json").exit_code == 0
    assert len(list((folder / "home" / "outbox").iterdir())) == 4


def test_verify_wants_the_very_documents_of_the_brief(
    drafted: tuple[Path, subprocess.CompletedProcess[bytes]], tmp_path: Path
) -> None:
    folder, _ = drafted
    [path] = (folder / "briefs").glob("*.json")
    (tmp_path / "shade.md").write_text(PROSE.replace("17%", "18%"))
    result = run("verify", path, "--document", tmp_path / "shade.md", "--json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert [check["name"] for check in told["checks"]] == ["documents_given"]
    [line] = failures_of(result)
    assert "shade.md" in line
    assert "another version" in line


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("not JSON", "not JSON"),
        ('{"schema": "other/1"}', "not a brief"),
        ('{"schema": "passerelle/brief/1", "id": "x"}', "field "),
        (None, "no such file"),
    ],
)
def test_a_file_that_is_no_brief_is_one_line(
    tmp_path: Path, paper: Path, content: str | None, reason: str
) -> None:
    path = tmp_path / "brief.json"
    if content is not None:
        path.write_text(content)
    result = run("verify", path, "--document", paper)
    assert result.exit_code == 1
    [line] = failures_of(result)
    assert line.startswith(f"{path}: ")
    assert reason in line


def test_verify_tells_each_failure_by_segment(
    drafted: tuple[Path, subprocess.CompletedProcess[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = drafted
    [path] = (folder / "briefs").glob("*.json")
    check = Check("numbers", False, (Failure("s3", "18% isn't in the evidence; correct it"),))
    monkeypatch.setattr("pipelines.verify.verify", lambda brief, documents: (check,))
    result = run("verify", path, "--document", folder / "shade.md")
    assert result.exit_code == 1
    assert failures_of(result) == [f"{path}: numbers: s3: 18% isn't in the evidence; correct it"]
    assert "FAILED (1)" in result.stdout
    assert from_json(path.read_bytes()).id == path.stem


# evaluate


def test_evaluate_prints_one_flat_object_of_figures() -> None:
    data = ROOT / "tests" / "fixtures" / "tiny_en.conllu"
    result = run("evaluate", "parser", "--data", data, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    figures = json.loads(result.stdout)
    assert {"upos", "las"} <= figures.keys()
    assert all(isinstance(figure, int | float) for figure in figures.values())
    assert "upos" in run("evaluate", "parser", "--data", data).stdout


@pytest.mark.parametrize(
    ("suite", "content", "reason"),
    [
        ("strength", None, "no such file"),
        ("strength", b'{"sentence": "Shade cools."}', "line 1: no field 'label'"),
        ("roles", b"not JSON", "line 1: not JSON"),
        ("tldr", b"\xff\xfe", "can't be read"),
        ("strength", b'{"sentence": "Shade cools.", "label": 7}', "not in the format"),
    ],
)
def test_evaluate_on_a_bad_file_is_one_line(
    tmp_path: Path, suite: str, content: bytes | None, reason: str
) -> None:
    path = tmp_path / "data.jsonl"
    if content is not None:
        path.write_bytes(content)
    result = run("evaluate", suite, "--data", path)
    assert result.exit_code == 1
    [line] = failures_of(result)
    assert reason in line


def test_evaluate_knows_no_other_suite(tmp_path: Path) -> None:
    assert run("evaluate", "beauty", "--data", tmp_path).exit_code == 2


# doctor


def test_doctor_answers_every_question_with_a_remedy_where_something_is_missing() -> None:
    result = run("doctor", "--json")
    told: dict[str, Any] = json.loads(result.stdout)
    found = {row["name"]: row for row in told["findings"]}
    for name in ("python", "spacy", "PASSERELLE_HOME", "home folder", "database"):
        assert found[name]["ok"], found[name]
    assert found["sentence encoder"]["ok"]
    assert found["readability formulas, offline"]["ok"], found["readability formulas, offline"]
    assert all(row["ok"] or row["remedy"] for row in told["findings"])
    assert result.exit_code == (0 if told["ok"] else 1)


def test_doctor_finds_what_is_missing_and_hides_passwords(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    done = run_program(
        "doctor",
        PASSERELLE_HOME=str(tmp_path / "file" / "home"),
        PASSERELLE_DATABASE_URL="postgresql+psycopg://a:s3cret@127.0.0.1:1/b",
        PASSERELLE_LANGUAGE_MODEL_EN="no_such_pipeline",
    )
    shown = done.stdout.decode()
    assert done.returncode == 1
    assert done.stderr == b""
    missing = [line for line in shown.splitlines() if line.startswith("missing")]
    for name in ("home folder", "database", "language model en"):
        assert any(line.startswith(f"missing  {name}: ") for line in missing)
    assert "s3cret" not in shown
