"""Retractions, corrections and expressions of concern: what an article is, and what others are to
it.

In: values of markup, and titles. Out: an ``ArticleType`` and ``Relation`` values. The values and
the openings of titles are in ``relations.toml``. What a brief makes of them is left to
``pipelines``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, cast

from corpus.document import NOTICES, ArticleType, Document, Passage, Relation, RelationKind
from corpus.errors import UnreadableError
from corpus.text import cue_pattern, doi_in

NOTICE_SECTION = "Notice"
"""Section of the lines that say where notices about an article can be read."""

_OF_NOTICE: dict[ArticleType, RelationKind] = {
    "retraction": "retracts",
    "correction": "corrects",
    "expression_of_concern": "raises_concern_about",
}


@cache
def _table() -> Mapping[str, Any]:
    content = files("corpus.readers").joinpath("relations.toml").read_text(encoding="utf-8")
    return tomllib.loads(content)


@cache
def _opening(name: str) -> re.Pattern[str]:
    return cue_pattern(_table()["titles"][name], before=r"^\s*", after="")


def type_of(stated: str, title: str) -> ArticleType | None:
    """What an article is, by its title where that says a notice, else by its markup."""
    for notice in sorted(NOTICES):
        if _opening(notice).match(title):
            return notice
    found = _table()["article_types"].get(stated.strip().lower())
    return cast("ArticleType", found) if found else None


def relations_of(
    stated: Iterable[tuple[str, str, str]],
    title: str,
    article_type: ArticleType | None,
    lines: Iterable[str] = (),
) -> tuple[Relation, ...]:
    """Relations from (type, scheme, identifier) as the markup states them, and from the title.

    A title that begins "RETRACTED:" says so although the notice isn't named, and so does one of
    the ``lines`` at the article's top that says nothing else; a notice is about some article
    although the markup leaves open which.
    """
    known = _table()["relations"]
    found = [
        Relation(known[kind], scheme, identifier)
        for kind, scheme, identifier in stated
        if kind in known
    ]
    kinds = {relation.kind for relation in found}
    if article_type in _OF_NOTICE:
        own = _OF_NOTICE[article_type]
        found = [  # publishers write the forward and the backward form alike
            Relation(own, relation.scheme, relation.identifier)
            if relation.kind in _FORWARD[own]
            else relation
            for relation in found
        ]
        if own not in {relation.kind for relation in found}:
            found.append(Relation(own))
    elif "retracted_by" not in kinds and (
        _opening("retracted").match(title)
        or any(len(line) < _LONGEST_STAMP and _stamp().match(line) for line in lines)
    ):
        found.append(Relation("retracted_by"))
    return tuple(dict.fromkeys(found))


_FORWARD: dict[RelationKind, tuple[RelationKind, ...]] = {
    "retracts": ("retracted_by",),
    "corrects": ("corrected_by",),
    "raises_concern_about": ("concern_raised_by",),
}


#: Of a line that says that its article is retracted, in characters.
_LONGEST_STAMP = 200


@cache
def _stamp() -> re.Pattern[str]:
    return cue_pattern(_table()["titles"]["stamped"], before=r"^\W*", after=r"\W*$")


def by_title_and_stamps(
    title: str, lines: Iterable[str], kicker: str = ""
) -> tuple[ArticleType | None, tuple[Relation, ...]]:
    """What an article is and what notices say of it, where no markup does.

    ``lines`` are those at its top, ``kicker`` the one right above the title.
    """
    article_type = type_of("", title) or type_of("", kicker)
    return article_type, relations_of((), title, article_type, lines)


def notice_of_update(kind: str) -> str | None:
    """The JATS article-type of a notice by Crossref's update type; None where it is no notice."""
    found = _table()["updates"].get(kind.strip().lower().replace("-", "_").replace(" ", "_"))
    return str(found) if found else None


def address_of(relation: Relation) -> str:
    """Where the other publication is found: ``https://doi.org/10.1234/x``, ``PMID 123``."""
    if not relation.identifier:
        return ""
    if relation.scheme == "doi":
        return f"https://doi.org/{relation.identifier}"
    return " ".join(filter(None, (relation.scheme.upper(), relation.identifier)))


def refuse_notice(document: Document, name: str) -> None:
    """Raise ``UnreadableError`` for a notice: it is no study, and tells of one.

    The message names the article concerned.
    """
    if document.article_type not in NOTICES:
        return
    own = _OF_NOTICE[document.article_type]
    concerned = [address_of(one) for one in document.relations if one.kind == own]
    named = ", ".join(filter(None, concerned)) or "an article that it names only in words"
    kind = document.article_type.replace("_", " ")
    raise UnreadableError(
        f"{name}: a notice ({kind}) about {named}; it is no study to draft from, so look at that "
        "article and at the briefs made from it"
    )


_REFUSED = re.compile(r"(?:^|: )a notice \((?P<kind>[a-z ]+)\) about (?P<named>.+); it is no study")


def concerned(reason: str) -> tuple[ArticleType, tuple[tuple[str, str], ...]] | None:
    """What kind of notice was refused, and the articles concerned; None for no notice.

    Each article is the scheme of its identifier, ``doi`` or ``pmid``, and that. ``reason`` is what
    ``refuse_notice`` raised, as it was kept.
    """
    match = _REFUSED.search(reason)
    if match is None:
        return None
    found = (_identified(one) for one in match["named"].split(", "))
    return cast("ArticleType", match["kind"].replace(" ", "_")), tuple(filter(None, found))


def _identified(address: str) -> tuple[str, str] | None:
    if doi := doi_in(address):
        return "doi", doi
    record = _PMID.fullmatch(address)
    return ("pmid", record[1]) if record else None


_PMID = re.compile(r"PMID (\d+)")


def notice_lines(relations: Iterable[Relation]) -> list[Passage]:
    """The front matter's lines that say where the notices about an article can be read."""
    forward = {kind for kinds in _FORWARD.values() for kind in kinds}
    addresses = [address_of(one) for one in relations if one.kind in forward]
    return [Passage(address, "metadata", NOTICE_SECTION) for address in addresses if address]
