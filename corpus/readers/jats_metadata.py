"""Who, where and when: the facts of JATS front matter that a citation needs.

In: the ``article-meta`` element, tags without namespace. Out: names, identifiers, an ISO date.
"""

from __future__ import annotations

from datetime import date

from corpus.readers.jats_inline import Element, text_of
from corpus.text import doi_in

#: Dates of publication by preference: electronic first, then print, then the collection's.
#: ``pub-type`` of JATS 1.0; ``date-type`` and ``publication-format`` of JATS 1.1 and later.
_DATE_TYPES = ("epub", "electronic", "pub", "ppub", "print", "epub-ppub", "collection", "")

#: Years that a paper can have been published in; others are slips of the file.
_EARLIEST, _LATEST = 1600, 2100

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def journal(article: Element) -> str:
    """The journal's title, as far as stated."""
    meta = article.find("front/journal-meta")
    if meta is None:
        return ""
    title = meta.find(".//journal-title")
    return text_of(meta.find("journal-id") if title is None else title)


def identifiers(meta: Element | None) -> dict[str, str]:
    """Scheme to value: ``doi``, ``pmid``, ``pmcid`` (with its ``PMC``), the publisher's own…"""
    found: dict[str, str] = {}
    for element in meta.iterfind("article-id") if meta is not None else ():
        scheme = element.get("pub-id-type", "other").lower()
        value = text_of(element)
        if scheme in ("pmc", "pmcid"):
            scheme, value = "pmcid", value if value.upper().startswith("PMC") else f"PMC{value}"
        if scheme == "doi":
            value = value.removeprefix("doi:").split("doi.org/")[-1].strip()
        if value:
            found.setdefault(scheme, value)
    return found


def authors(meta: Element | None) -> tuple[str, ...]:
    """Authors in order, ``Given Surname``; groups under their own name."""
    if meta is None:
        return ()
    names = [
        _author(contributor)
        for contributor in meta.iterfind("contrib-group/contrib")
        if contributor.get("contrib-type", "author") == "author"
    ]
    return tuple(name for name in names if name)


def _author(contributor: Element) -> str:
    name = contributor.find("name")
    if name is None:
        name = contributor.find("name-alternatives/name")
    if name is None:
        name = contributor.find("string-name")
    if name is not None:
        parts = [text_of(name.find(part)) for part in ("given-names", "surname", "suffix")]
        return " ".join(filter(None, parts)) or text_of(name)
    group = contributor.find("collab")
    if group is None:
        return ""
    own = group.find("institution")
    if own is not None:
        return text_of(own)
    members = group.find("contrib-group")
    whole = text_of(group)
    return whole if members is None else whole.removesuffix(text_of(members)).strip()


def related(meta: Element | None) -> list[tuple[str, str, str]]:
    """Related articles as stated: type, scheme of the identifier, identifier."""
    found = []
    for element in meta.iterfind("related-article") if meta is not None else ():
        scheme = element.get("ext-link-type", "")
        identifier = element.get("{http://www.w3.org/1999/xlink}href", "") or text_of(element)
        if doi := doi_in(identifier):
            scheme, identifier = "doi", doi
        found.append((element.get("related-article-type", "").lower(), scheme, identifier))
    return found


def published(meta: Element | None) -> str | None:
    """Date of publication in ISO 8601, as exact as stated: year, month or day."""
    dates: dict[str, str] = {}
    for element in meta.iterfind("pub-date") if meta is not None else ():
        kind = _date_type(element)
        stated = _iso(element)
        if stated and kind in _DATE_TYPES:
            dates[kind] = min(stated, dates.get(kind, stated))
    return next((dates[kind] for kind in _DATE_TYPES if kind in dates), None)


def _date_type(element: Element) -> str:
    stated = element.get("pub-type") or element.get("date-type") or ""
    return element.get("publication-format", stated) if stated == "pub" else stated


def _iso(element: Element) -> str | None:
    year, month, day = (text_of(element.find(part)) for part in ("year", "month", "day"))
    if not (year.isdecimal() and len(year) == 4 and _EARLIEST <= int(year) <= _LATEST):
        return None
    number = int(month) if month.isdecimal() and len(month) < 3 else month_named(month)
    try:
        return date(int(year), number, int(day[:3])).isoformat()
    except ValueError:  # no day, or one that the calendar doesn't have
        return f"{int(year):04}-{number:02}" if 1 <= number <= 12 else f"{int(year):04}"


def month_named(month: str) -> int:
    """Number of an English month, by its first three letters; 0 where it is none."""
    prefix = month.lower()[:3]
    return _MONTHS.index(prefix) + 1 if prefix in _MONTHS else 0
