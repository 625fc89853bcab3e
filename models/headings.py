"""What the headings of a paper say that its sections do, in both languages.

In: a section's path of headings ("Abstract › Methods"). Out: a role, or whether it is the abstract.
The headings are data (``headings.toml``). What a single sentence does is told elsewhere.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Literal

from corpus.document import Block, Language

HeadingRole = Literal[
    "limitation", "implication", "objective", "conclusion", "result", "method", "background",
    "other",
]  # fmt: skip
#: Where a heading fits several roles, the first of these.
_ORDER: tuple[HeadingRole, ...] = (
    "limitation",
    "implication",
    "objective",
    "conclusion",
    "result",
    "method",
    "background",
)
_ABSTRACT = re.compile(
    r"(?:structured |graphical |executive )?(?:abstract|résumé|summary|sommaire)\b", re.I
)
_NUMBERING = re.compile(r"^\s*(?:\d+(?:\.\d+)*|[IVX]+|[A-Z])[.)]?\s+")
#: What stands between the parts of a heading: "Results and discussion".
_BETWEEN_PARTS = r"\s*(?:\band\b|\bet\b|&|/|:|,|;)\s*"


def in_abstract(block: Block) -> bool:
    """Whether a block belongs to the abstract."""
    return bool(_ABSTRACT.match(block.section or ""))


def is_abstract(section: str) -> bool:
    """Whether a section's path is the abstract's own heading and nothing else."""
    return bool(_ABSTRACT.fullmatch(section))


@cache
def section_role(section: str | None, language: Language) -> HeadingRole | None:
    """The role that a section's headings give its sentences, the innermost heading first."""
    for heading in reversed((section or "").split(" › ")):
        plain = _NUMBERING.sub("", heading).strip(" .:").lower()
        for part in [plain, *re.split(_BETWEEN_PARTS, plain)]:
            role = _heading_role(part, language)
            if role:
                return role
    return None


def _heading_role(heading: str, language: Language) -> HeadingRole | None:
    known = headings(language)
    for role in _ORDER:
        cues = known.get(role)
        if cues and re.fullmatch("|".join(cues), heading):
            return role
    return "other" if re.fullmatch("|".join(known["aside"]), heading) else None


@cache
def headings(language: Language) -> dict[str, list[str]]:
    """The headings of each role, and words that announce limits: small regular expressions."""
    file = resources.files("models").joinpath("headings.toml")
    table: dict[str, list[str]] = tomllib.loads(file.read_text(encoding="utf-8"))[language]
    return table
