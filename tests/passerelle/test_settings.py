import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from corpus.settings_base import read_again
from passerelle.settings import Settings, SettingsError, settings


@pytest.fixture(autouse=True)
def fresh_settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"PASSERELLE_{name.upper()}", raising=False)
    read_again()
    yield
    read_again()


def test_everything_lies_in_the_home_folder_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PASSERELLE_HOME", str(tmp_path))
    in_force = settings()
    assert in_force.database_url == f"sqlite:///{tmp_path}/passerelle.db"
    assert in_force.inbox == tmp_path / "inbox"
    assert in_force.outbox == tmp_path / "outbox"
    assert in_force.published == tmp_path / "outbox" / "published"
    assert in_force.roots == (tmp_path / "inbox",)


def test_the_home_folder_is_in_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/analyst")
    assert settings().home == Path("/home/analyst/.passerelle")


def test_each_setting_is_an_environment_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLE_DATABASE_URL", "postgresql+psycopg://store.example/passerelle")
    monkeypatch.setenv("PASSERELLE_INBOX", "/srv/inbox")
    monkeypatch.setenv("PASSERELLE_TASK_RUNNER", "dask://10.0.0.4:8786")
    monkeypatch.setenv("PASSERELLE_ALLOW_PRIVATE_ADDRESSES", "true")
    in_force = settings()
    assert in_force.database_url == "postgresql+psycopg://store.example/passerelle"
    assert in_force.inbox == Path("/srv/inbox")
    assert in_force.task_runner == "dask://10.0.0.4:8786"
    assert in_force.allow_private_addresses


def test_approved_briefs_follow_the_outbox_and_forms_the_inbox(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PASSERELLE_OUTBOX", "/srv/outbox")
    monkeypatch.setenv("PASSERELLE_INBOX", "/srv/inbox")
    assert settings().published == Path("/srv/outbox/published")
    assert settings().roots == (Path("/srv/inbox"),)


def test_several_folders_are_parted_as_in_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/analyst")
    monkeypatch.setenv("PASSERELLE_ROOTS", os.pathsep.join(["/srv/inbox", "", "~/papers"]))
    assert settings().roots == (Path("/srv/inbox"), Path("/home/analyst/papers"))


def test_no_secret_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLE_PASSWORD", "correct horse")
    monkeypatch.setenv("PASSERELLE_WRITER_API_KEY", "battery staple")
    shown = f"{settings()!r} {settings()} {settings().model_dump()} {settings().model_dump_json()}"
    assert "correct horse" not in shown
    assert "battery staple" not in shown


@pytest.mark.parametrize(
    "cron", ["0 2 * * *", "*/15 1-5 1,15 JAN-mar mon-fri", "0 0 31 12 7", " 0  2 * * * "]
)
def test_a_schedule_has_the_five_fields_of_cron(monkeypatch: pytest.MonkeyPatch, cron: str) -> None:
    monkeypatch.setenv("PASSERELLE_SCHEDULE", cron)
    assert settings().schedule == " ".join(cron.split())


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLE_TIMEZONE", "")
    assert settings().timezone == "America/Toronto"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PASSERELLE_TIMEZONE", "Mars/Olympus"),
        ("PASSERELLE_TIMEZONE", "../etc/passwd"),
        ("PASSERELLE_TASK_RUNNER", "ray"),
        ("PASSERELLE_ALLOW_PRIVATE_ADDRESSES", "perhaps"),
        ("PASSERELLE_SCHEDULE", "@daily"),
        ("PASSERELLE_SCHEDULE", "0 2 * *"),
        ("PASSERELLE_SCHEDULE", "0 24 * * *"),
        ("PASSERELLE_SCHEDULE", "0 2 * * funday"),
        ("PASSERELLE_SCHEDULE", "0,, 2 * * *"),
        ("PASSERELLE_SCHEDULE", "0-x 2 * * *"),
        ("PASSERELLE_SCHEDULE", "*/0 2 * * *"),
        ("PASSERELLE_RUNS_AT_ONCE", "0"),
        ("PASSERELLE_MAX_PAGES", "0"),
        ("PASSERELLE_MAX_DEPTH", "1000"),
        ("PASSERELLE_MAX_UNPACKED_MB", "lots"),
    ],
)
def test_a_wrong_value_is_refused_by_the_variables_name_in_one_line(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as info:
        settings()
    assert str(info.value).startswith(f"{variable}={value}: ")
    assert "\n" not in str(info.value)


def test_settings_are_read_once_and_never_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    first = settings()
    monkeypatch.setenv("PASSERELLE_TIMEZONE", "Europe/Paris")
    assert settings() is first
    with pytest.raises(ValidationError):
        first.timezone = "Europe/Paris"  # type: ignore[misc]


def test_reading_the_settings_loads_nothing_heavy() -> None:
    program = (
        "import sys, passerelle.settings; passerelle.settings.settings();"
        "print(*sorted({'spacy', 'torch', 'sqlalchemy', 'lxml'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
