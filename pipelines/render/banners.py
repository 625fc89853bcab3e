"""What has become known of a brief's paper since its text was fixed, as the page's first line.

In: a brief, and the banners that hold for it, named by their place in ``templates.toml``. Out: the
same brief with one more fixed line on top, for any form that people read. Its own text stays as it
is, and a paper that its publisher had marked already says so itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from corpus.document import MARKS
from pipelines.brief import Brief
from pipelines.language.fixed_lines import template
from pipelines.language.lexicon import table

#: All that a page may say first, the gravest first: keys of its groups in ``templates.toml``.
GRAVEST_FIRST = (*MARKS, "version")

#: The line's id, which no line of a draft has.
_ID = "banner"


@dataclass(frozen=True, slots=True)
class Banner:
    """One thing to say first."""

    group: Literal["notice", "version", "since_notice", "since_version", "superseded"]
    key: str
    """What a notice says (``MARKS``); ``version`` where there is a newer one."""


SUPERSEDED = Banner("superseded", "version")


def with_banner(brief: Brief, banners: Iterable[Banner]) -> Brief:
    """The brief under the gravest of the banners, unless its own first line says as much."""
    weights = {key: n for n, key in enumerate(GRAVEST_FIRST)}
    told = {segment.text for segment in brief.segments if segment.origin == "template"}
    own = [
        weights[kind]
        for kind in MARKS
        if table("templates")["notice"][kind][brief.language] in told
    ]
    first = min(banners, key=lambda one: weights[one.key], default=None)
    if first is None or weights[first.key] >= min(own, default=len(GRAVEST_FIRST)):
        return brief
    line = template("bottom_line", first.group, first.key, brief.language)
    return replace(brief, segments=(replace(line, id=_ID), *brief.segments))
