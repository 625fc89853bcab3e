"""The licences of the default install, as its packages' metadata state them.

In: the dependencies that ``pyproject.toml`` declares, without extras, and what is installed here.
Out: every distribution that they bring (``closure``), and what its metadata say of the GPL and the
AGPL (``verdict``). Where they leave that open, a person reads the licence's file and writes what it
says into ``READ``. ``python tests/licences.py`` prints the list.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageMetadata, distribution
from pathlib import Path
from typing import Literal

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"

#: ``gpl``: no choice but the GPL or AGPL. ``open``: for a person to read.
Verdict = Literal["gpl", "other", "open"]

#: What licence files say where the metadata leave it open, as SPDX expressions.
READ = {
    "locate": "MIT",  # the metadata: Other/Proprietary
    # "tri-license"; of its dictionaries textstat opens en_GB (BSD) and fr (LGPL) alone
    "pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1",
    "text-unidecode": "GPL-2.0-or-later OR Artistic-1.0-Perl",  # "under the terms of either"
}

_GPL_ID = re.compile(r"A?GPL-")
_GPL_WORDS = re.compile(
    r"\bA?GPL|Affero|(?<!Lesser )(?<!Library )(?<!Library or Lesser )General Public", re.IGNORECASE
)
#: Linked into what GCC compiles, with leave to be so under any terms.
_FREED = "GCC-exception"
#: Classifiers that name no licence.
_UNTOLD = ("OSI Approved", "Other/Proprietary License")


def declared() -> list[str]:
    """The project's own dependencies, without extras."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    return [str(requirement) for requirement in project["dependencies"]]


def closure(requirements: Iterable[str]) -> dict[str, Distribution]:
    """The installed distributions that requirements bring, by name, in alphabetical order.

    Raises ``PackageNotFoundError`` where one isn't installed.
    """
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, str]] = set()
    waiting = [Requirement(requirement) for requirement in requirements]
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        found[name] = distribution(name)
        for extra in {"", *wanted.extras}:
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            needs = map(Requirement, found[name].requires or ())
            waiting += [
                need
                for need in needs
                if need.marker is None or need.marker.evaluate({"extra": extra})
            ]
    return dict(sorted(found.items()))


def is_gpl(expression: str) -> bool:
    """Whether an SPDX expression leaves no choice but the GPL or AGPL for some part of it.

    Raises ``InvalidLicenseExpression``.
    """
    tokens = re.findall(r"[()]|[^\s()]+", canonicalize_license_expression(expression))[::-1]

    def choice() -> bool:
        answer = parts()
        while tokens and tokens[-1] == "OR":
            tokens.pop()
            answer = parts() and answer
        return answer

    def parts() -> bool:
        answer = one()
        while tokens and tokens[-1] == "AND":
            tokens.pop()
            answer = one() or answer
        return answer

    def one() -> bool:
        term = tokens.pop()
        if term == "(":
            answer = choice()
            tokens.pop()
            return answer
        freed = False
        if tokens and tokens[-1] == "WITH":
            tokens.pop()
            freed = tokens.pop().startswith(_FREED)
        return bool(_GPL_ID.match(term)) and not freed

    return choice()


def statements(metadata: PackageMetadata) -> list[str]:
    """What the metadata call the licence: the expression, else the old field and the classifiers.

    The old field is left out where it holds the licence's whole text.
    """
    if expression := metadata.get_all("License-Expression"):
        return expression
    field = "".join(metadata.get_all("License") or []).strip()
    said = [] if "\n" in field or field in ("", "UNKNOWN") else [field]
    classifiers = metadata.get_all("Classifier") or []
    names = [line.split(" :: ")[-1] for line in classifiers if line.startswith("License ::")]
    return said + [name for name in names if name not in _UNTOLD]


def verdict(metadata: PackageMetadata) -> Verdict:
    """Whether a distribution comes under the GPL or AGPL alone.

    Several classifiers may be a choice or parts: open, where the GPL is one among them.
    """
    found = {_names_gpl(statement) for statement in statements(metadata)}
    if found == {True}:
        return "gpl"
    return "other" if found == {False} else "open"


def _names_gpl(statement: str) -> bool:
    try:
        return is_gpl(statement)
    except InvalidLicenseExpression:
        return bool(_GPL_WORDS.search(statement))


def main() -> None:
    """Print every distribution of the default install with its licence."""
    for name, found in closure(declared()).items():
        terms = READ.get(name) or ", ".join(statements(found.metadata))
        sys.stdout.write(f"{verdict(found.metadata):6}{name} {found.version}: {terms}\n")


if __name__ == "__main__":
    main()
