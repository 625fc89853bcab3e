"""Where a passage stands: the path of headings above it, and what its section is good for.

In: headings with their levels. Out: ``Block.section`` and, for reference lists and back matter,
the kind their paragraphs take. The names themselves are in ``sections.tsv``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from corpus.document import BlockKind, normalize
from corpus.readers.patterns import DECIMAL, ROMAN

Role = Literal["body", "reference", "boilerplate", "metadata"]

SEPARATOR = " › "

#: "3.", "2.1", "IV)", "b." before the name of a section.
_NUMBERING = re.compile(rf"^(?:{DECIMAL}[.)]?|{ROMAN}[.)]|[A-Z][.)])\s+(?=\S)", re.IGNORECASE)


@cache
def _roles() -> dict[str, Role]:
    table = files("corpus.readers").joinpath("sections.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return {name: cast(Role, role) for name, _language, role in rows[1:]}


def role_of(heading: str) -> Role | None:
    """What a section of this name holds (``3. Références`` holds references); None if unknown."""
    name = normalize(heading).replace("’", "'").strip("*_ .:").casefold()
    return _roles().get(name) or _roles().get(_NUMBERING.sub("", name))


@dataclass(frozen=True, slots=True)
class Path:
    """The headings above a place in the document, outermost first, each with its level."""

    steps: tuple[tuple[int, str], ...] = ()

    def enter(self, level: int, heading: str) -> Path:
        """The path below a heading of this level (1 is outermost)."""
        above = tuple(step for step in self.steps if step[0] < level)
        return Path((*above, (level, heading.rstrip(" :"))))

    def above(self, level: int) -> Path:
        """The path in which a heading of this level itself stands."""
        return Path(tuple(step for step in self.steps if step[0] < level))

    @property
    def section(self) -> str | None:
        """The path as ``Block.section`` writes it: ``Results › Survey``."""
        return SEPARATOR.join(heading for _, heading in self.steps) or None

    def kind(self, ordinary: BlockKind) -> BlockKind:
        """The kind of a passage here: that of its section where it is back matter."""
        for _, heading in self.steps:
            match role_of(heading):
                case "reference":
                    return "reference"
                case "boilerplate":
                    return "boilerplate"
        return ordinary
