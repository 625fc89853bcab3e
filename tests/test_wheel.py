"""The wheel holds all that the program needs, and works in a folder of other people's modules.

A wheel is built from a copy of the checkout and installed into an empty environment that sees the
packages of this one, but neither the checkout nor its editable install. Nothing is downloaded.
Where modules stand in the wheel is read from it: its files and its entry point.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from configparser import ConfigParser
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest
from served import serving
from servers import wait_until

CHECKOUT = Path(os.environ.get("CHECKOUT") or Path(__file__).resolve().parent.parent)
COMMAND = "passerelle"
#: What a build or a test leaves in a checkout; setuptools would take stale modules from it.
LEFT_BEHIND = shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "build", "dist")
FOREIGN = 'raise SystemExit("{}: somebody else\'s module was imported")\n'
SECONDS = 300


@dataclass(frozen=True)
class Installed:
    """The wheel, and where it was installed."""

    wheel: Path
    source: Path
    """The copy of the checkout that it was built from."""
    python: Path
    site: Path
    """The environment's own packages."""
    entry: tuple[str, str]
    """The module and the function behind the command."""

    @property
    def files(self) -> frozenset[str]:
        with ZipFile(self.wheel) as wheel:
            return frozenset(wheel.namelist())

    @property
    def top(self) -> frozenset[str]:
        """The names at the wheel's top that can be imported."""
        names = {name.partition("/")[0] for name in self.files}
        return frozenset(
            name.removesuffix(".py") for name in names if not name.endswith(".dist-info")
        )


def call(*command: str | Path, cwd: Path, **variables: str) -> str:
    """What a command printed; fails the test with its last words where it fails."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PASSERELLE"))}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=inherited | {"HF_HUB_OFFLINE": "1"} | variables,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if done.returncode:
        said = (done.stdout + done.stderr)[-3000:]
        pytest.fail(f"{' '.join(map(str, command))[:200]}\n{said}", pytrace=False)
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    place = tmp_path_factory.mktemp("wheel")
    source = Path(shutil.copytree(CHECKOUT, place / "source", ignore=LEFT_BEHIND))
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    call(
        *(*pip, "wheel", "--no-deps", "--no-index", "--no-build-isolation", source),
        *("--wheel-dir", place),
        cwd=place,
    )
    (wheel,) = place.glob("*.whl")
    environment = place / "environment"
    venv.create(environment, symlinks=True)
    python = environment / "bin" / "python"
    site = Path(sysconfig.get_path("purelib", vars={"base": str(environment)}))
    call(
        *(*pip, "--python", python, "install", "--no-deps", "--no-index"),
        wheel,
        cwd=place,
    )
    # A path in a .pth file is searched, but the .pth files in it are not read: the editable
    # install of the project, which is one, stays out.
    dependencies = sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    (site / "dependencies.pth").write_text("\n".join(dependencies) + "\n", encoding="utf-8")
    entries = ConfigParser()
    (entry_points,) = site.glob(f"{COMMAND}-*.dist-info/entry_points.txt")
    entries.read(entry_points, encoding="utf-8")
    module, _, function = entries["console_scripts"][COMMAND].partition(":")
    return Installed(wheel, source, python, site, (module, function))


@pytest.fixture
def elsewhere(tmp_path: Path, installed: Installed) -> Path:
    """A folder of somebody else's, with modules named as ours are or were."""
    folder = tmp_path / "elsewhere"
    for package in ("models", "corpus", "pipelines"):
        (folder / package).mkdir(parents=True)
        (folder / package / "__init__.py").write_text(FOREIGN.format(package), encoding="utf-8")
    for module in ("settings", "batch", "cli"):
        (folder / f"{module}.py").write_text(FOREIGN.format(module), encoding="utf-8")
    return folder


def test_the_wheel_takes_no_name_but_its_own(installed: Installed) -> None:
    assert installed.top == {"corpus", "flows", "models", "passerelle", "pipelines"}


def test_every_data_file_of_our_packages_is_in_the_wheel(installed: Installed) -> None:
    roots = [installed.source, installed.source / "src"]
    kept = {
        path.relative_to(root).as_posix()
        for root in roots
        for name in installed.top
        for path in sorted((root / name).rglob("*"))
        if path.is_file()
    }
    assert kept
    missing = sorted(kept - installed.files)
    assert missing == []


def test_what_the_server_reads_is_in_the_wheel(installed: Installed) -> None:
    assert "prefect.yaml" in {name.rpartition("/")[2] for name in installed.files}


def test_nothing_of_ours_comes_from_the_checkout(installed: Installed, elsewhere: Path) -> None:
    show = f"import {installed.entry[0]} as m; print(m.__file__)"
    found = call(installed.python, "-P", "-c", show, cwd=elsewhere).strip()
    assert Path(found).is_relative_to(installed.site)


def test_the_doctor_is_content_among_other_peoples_modules(
    installed: Installed, elsewhere: Path, tmp_path: Path
) -> None:
    command = installed.python.parent / COMMAND
    said = call(command, "doctor", cwd=elsewhere, PASSERELLE_HOME=str(tmp_path / "home"))
    assert "passerelle" in said


def test_a_sample_is_drafted_among_other_peoples_modules(
    installed: Installed, elsewhere: Path, tmp_path: Path
) -> None:
    (sample,) = installed.site.rglob("street-trees.xml")
    home = tmp_path / "home"
    command = (installed.python.parent / COMMAND, "draft", sample, "--out", tmp_path / "briefs")
    call(*command, cwd=elsewhere, PASSERELLE_HOME=str(home))
    assert {path.suffix for path in (tmp_path / "briefs").iterdir()} >= {".md", ".html", ".json"}


def test_what_is_in_the_way_is_said_in_one_line(
    installed: Installed, elsewhere: Path, tmp_path: Path
) -> None:
    environment = os.environ | {"PYTHONPATH": str(elsewhere), "PASSERELLE_HOME": str(tmp_path)}
    done = subprocess.run(
        [installed.python.parent / COMMAND, "doctor"],
        env=environment, cwd=elsewhere, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("passerelle: ")
    assert "is in the way" in line
    assert "PYTHONPATH" in line


def test_a_night_goes_through_server_worker_and_deployments(
    installed: Installed, elsewhere: Path, tmp_path: Path
) -> None:
    (sample,) = installed.site.rglob("street-trees.xml")
    home = tmp_path / "home"
    (home / "inbox").mkdir(parents=True)
    shutil.copy(sample, home / "inbox")
    program = [str(installed.python.parent / COMMAND), "serve"]
    clean = {"PYTHONPATH": "", "HF_HUB_OFFLINE": "1"}
    with serving(home, program, elsewhere, **clean) as served, served.client() as client:
        found = client.post("/deployments/filter", json={}).json()
        deployments = {deployment["name"]: deployment["id"] for deployment in found}
        assert set(deployments) == {
            "nightly",
            "draft-brief",
            "follow-source",
            "import-translation",
            "review-brief",
            "unpublish-brief",
        }
        made = client.post(f"/deployments/{deployments['nightly']}/create_flow_run", json={})
        place = f"/flow_runs/{made.json()['id']}"

        def ended() -> bool:
            return client.get(place).json()["state_type"] in ("COMPLETED", "FAILED", "CRASHED")

        wait_until(ended, "the night", SECONDS)
        assert client.get(place).json()["state_type"] == "COMPLETED"
    assert list((home / "outbox").glob("street-*.html"))
