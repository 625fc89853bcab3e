"""One readable line for each entry of a TEI reference list.

In: a ``biblStruct`` or ``bibl`` element, tags without namespace. Out: the reference as the paper
printed it where the file keeps that (GROBID's ``raw_reference``), else composed from its parts:
authors, year, title, journal with volume and pages, publisher, DOI.
"""

from __future__ import annotations

from corpus.document import normalize
from corpus.readers.jats_xml import Element


def texts(element: Element | None) -> str:
    """All the text of ``element``, normalized; empty where there is no element."""
    return "" if element is None else normalize("".join(map(str, element.itertext())))


def reference_line(entry: Element) -> str:
    """The entry as one line of text."""
    printed = texts(entry.find(".//note[@type='raw_reference']"))
    if printed or entry.tag != "biblStruct":
        return printed or texts(entry)
    parts = (
        _people(entry),
        _year(entry),
        *(texts(title) for title in entry.iterfind("analytic/title")),
        _container(entry),
        texts(entry.find("monogr/imprint/publisher")),
        *(texts(note) for note in entry.iter("note")),
        _doi(entry),
    )
    kept = [part.rstrip(" .") for part in parts if part.strip(" .")]
    return ". ".join(kept) + "." if kept else ""


def _people(entry: Element) -> str:
    """Authors in order, else editors: ``Roy, A. B., Diaz, C.``."""
    people = list(entry.iter("author")) or list(entry.iter("editor"))
    return ", ".join(filter(None, (_person(person) for person in people)))


def _person(person: Element) -> str:
    parts = (*person.iter("surname"), *person.iter("forename"))
    return " ".join(filter(None, (texts(part) for part in parts))) or texts(person)


def _year(entry: Element) -> str:
    date = entry.find(".//imprint/date")
    year = "" if date is None else (date.get("when") or texts(date))[:4]
    return f"({year})" if year else ""


def _container(entry: Element) -> str:
    """Journal or book with volume, issue and pages: ``Nature 476(7): 25–31``."""
    scopes = {scope.get("unit", ""): scope for scope in entry.iterfind("monogr/imprint/biblScope")}
    title = "; ".join(filter(None, (texts(title) for title in entry.iterfind("monogr/title"))))
    volume, issue, pages = (_scope(scopes.get(unit)) for unit in ("volume", "issue", "page"))
    numbered = f"{title} {volume}{f'({issue})' if issue else ''}".strip()
    return ": ".join(filter(None, (numbered, pages)))


def _scope(scope: Element | None) -> str:
    if scope is None:
        return ""
    ends = "–".join(filter(None, (scope.get("from"), scope.get("to"))))
    return texts(scope) or ends


def _doi(entry: Element) -> str:
    found = (idno for idno in entry.iter("idno") if idno.get("type", "").lower() == "doi")
    doi = texts(next(found, None)).removeprefix("doi:").split("doi.org/")[-1].strip()
    return f"https://doi.org/{doi}" if doi else ""
