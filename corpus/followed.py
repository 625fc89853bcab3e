"""What is new at a place that is followed: feeds, repositories, bibliographic services, pages.

One function a kind, each speaking its protocol: RSS and Atom (with the paging of RFC 5005), OAI-PMH
2.0 with resumption tokens, OpenAlex and Crossref by query or DOI with cursors, and a plain address
that is asked whether it has changed. Each gives one ``Look`` after the other, a page of items at a
time, the last with the mark from which the next night goes on: a night that was missed, or cut
short, is caught up, since a mark is kept only with what came before it.

In: a ``Followed``. Out: ``SourceItem`` values: addresses of documents, or a record that is a
document itself. What is known already, and taking it in, is left to whoever asks. Folders are
walked like the inbox, by ``passerelle.nights``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin

from lxml import etree

from corpus.document import digest, normalize
from corpus.errors import UnreadableError
from corpus.readers.notices import notice_of_update
from corpus.sources import Fetched, fetch
from corpus.store import Followed
from corpus.text import doi_in

#: How often an address is tried in one night, and the most pages that one night reads of a source.
TRIES = 3
MOST_PAGES = 200
#: In a mark: where the pages go on that one night didn't reach. A mark moves on when all are read.
REST = "rest"
#: Abstracts of fewer characters say too little to be a document.
LEAST_ABSTRACT = 300
#: How many days after its date a work may be listed and still be found.
LATE_DAYS = 45

OPENALEX = "https://api.openalex.org/works"
CROSSREF = "https://api.crossref.org/works"

_HREF = "{http://www.w3.org/1999/xlink}href"
_OAI = "{http://www.openarchives.org/OAI/2.0/}"
_DC = "{http://purl.org/dc/elements/1.1/}"


@dataclass(frozen=True, slots=True)
class SourceItem:
    """One document that a source tells of."""

    id: str
    """The same each time that it is told of, another for each version."""
    address: str = ""
    """Where the document is; empty where ``content`` is the document."""
    content: bytes = b""
    name: str = ""
    """What to call the content, with the ending of its format."""


@dataclass(frozen=True, slots=True)
class Look:
    """One page of what a source tells of."""

    items: tuple[SourceItem, ...]
    mark: dict[str, str] = field(default_factory=dict)
    """Where the next look goes on, of the last page; empty before that."""


def look(followed: Followed) -> Iterator[Look]:
    """What a source tells of since its mark, a page at a time.

    Raises ``MachineError`` for what may pass, other ``PasserelleError`` for what doesn't.
    """
    mark: dict[str, str] = json.loads(followed.mark or "{}")
    return KINDS[followed.kind](followed, mark)


# Feeds


def _feed(followed: Followed, mark: dict[str, str]) -> Iterator[Look]:
    """RSS and Atom; earlier pages of the feed are read where it names them."""
    import feedparser

    address, new = followed.place, mark
    seen: set[str] = set()
    for page in range(MOST_PAGES):
        seen.add(address)
        got = _conditional(address, followed.name, mark if page == 0 else {})
        if page == 0:
            new = _validators(got, mark)
        if got.unchanged:
            break
        found = feedparser.parse(got.content)
        if not found.get("version"):
            raise UnreadableError(f"{followed.place}: no feed (RSS or Atom); check the address")
        yield Look(tuple(item for entry in found.entries for item in _entry(entry, address)))
        links = {link.get("rel"): link.get("href") for link in found.feed.get("links", [])}
        earlier = links.get("prev-archive") or links.get("next")
        if not earlier or urljoin(address, earlier) in seen:
            break
        address = urljoin(address, earlier)
    yield Look((), new)


def _entry(entry: Any, base: str) -> Iterator[SourceItem]:
    """The document of one entry: what is enclosed with it, else where it leads."""
    enclosed = [link for link in entry.get("links", []) if link.get("rel") == "enclosure"]
    readable = [
        link["href"]
        for link in enclosed
        if link.get("href") and link.get("type", "").endswith(("pdf", "xml", "vtt", "plain"))
    ]
    address = next(iter(readable), entry.get("link", ""))
    if address:
        address = urljoin(base, address)
        yield SourceItem(f"{entry.get('id') or address} {address}", address)


def _conditional(address: str, label: str, mark: dict[str, str]) -> Fetched:
    """Ask for an address, unless it is as it was at the mark (RFC 9110, conditional requests)."""
    names = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
    headers = {names[name]: value for name, value in mark.items() if name in names and value}
    return fetch(address, label, headers, TRIES)


def _validators(got: Fetched, mark: dict[str, str]) -> dict[str, str]:
    if got.unchanged:
        return mark
    return {name: got.headers.get(name, "") for name in ("etag", "last-modified")}


def _address(followed: Followed, mark: dict[str, str]) -> Iterator[Look]:
    """A plain address: its content, where it has changed."""
    got = _conditional(followed.place, followed.name, mark)
    tag = got.headers.get("etag") or got.headers.get("last-modified") or digest(got.content)
    item = SourceItem(f"{followed.place} {tag}", followed.place)
    yield Look(() if got.unchanged else (item,), _validators(got, mark))


# Repositories


def _oai(followed: Followed, mark: dict[str, str]) -> Iterator[Look]:
    """OAI-PMH 2.0: ``query`` holds ``set`` and ``metadataPrefix`` (``oai_dc`` unless given)."""
    first = {"verb": "ListRecords", "metadataPrefix": "oai_dc", **dict(parse_qsl(followed.query))}
    if since := mark.get("from"):
        first["from"] = since
    token, asked, new = mark.get(REST, ""), first, {"from": mark.get("then", "")}
    if token:
        asked = {"verb": "ListRecords", "resumptionToken": token}
    seen = {"", token}
    for page in range(MOST_PAGES):
        root = _xml(fetch(f"{followed.place}?{urlencode(asked)}", followed.name, None, TRIES))
        error = root.find(f"{_OAI}error")
        if error is not None and error.get("code") == "badResumptionToken" and page == 0 and token:
            yield Look((), _mark({"from": since or ""}))  # it is too old: begin again
            return
        if error is not None and error.get("code") != "noRecordsMatch":
            words = normalize(error.text or "")
            raise UnreadableError(f"{followed.name}: {error.get('code')} {words}; check the query")
        if page == 0 and not token:  # of the first answer: what comes in meanwhile isn't missed
            new = {"from": normalize(root.findtext(f"{_OAI}responseDate") or "")[:10]}
        records = root.iterfind(f"{_OAI}ListRecords/{_OAI}record")
        yield Look(tuple(item for record in records for item in _record(record)))
        rest = normalize(root.findtext(f"{_OAI}ListRecords/{_OAI}resumptionToken") or "")
        if not rest:
            break
        if rest in seen:
            raise UnreadableError(
                f"{followed.name}: leads to the same page again and again; tell its repository"
            )
        seen.add(rest)
        asked = {"verb": "ListRecords", "resumptionToken": rest}
    else:
        new = {"from": since or "", REST: rest, "then": new["from"]}
    yield Look((), _mark(new))


def _mark(known: dict[str, str]) -> dict[str, str]:
    """What is known of where the next look goes on."""
    return {name: value for name, value in known.items() if value}


def _record(record: etree._Element) -> Iterator[SourceItem]:
    header = record.find(f"{_OAI}header")
    if header is None or header.get("status") == "deleted":
        return
    identifier = normalize(header.findtext(f"{_OAI}identifier") or "")
    id = f"{identifier} {normalize(header.findtext(f'{_OAI}datestamp') or '')}"
    metadata = record.find(f"{_OAI}metadata")
    whole = next(iter(metadata), None) if metadata is not None else None
    if whole is None:
        return
    if etree.QName(whole).localname == "article":  # JATS: the record is the document
        yield SourceItem(
            id, content=etree.tostring(whole, encoding="utf-8"), name=f"{identifier}.xml"
        )
        return
    texts = {
        name: [normalize(part.text or "") for part in whole.iterfind(f"{_DC}{name}")]
        for name in ("identifier", "relation", "title", "description", "creator", "date")
    }
    places = [text for text in texts["identifier"] + texts["relation"] if "://" in text]
    files = [text for text in places if text.lower().endswith((".pdf", ".xml"))]
    doi = next(filter(None, map(doi_in, texts["identifier"])), None)
    if files or places:
        yield SourceItem(id, next(iter(files or places)))
    elif doi:
        yield SourceItem(id, f"https://doi.org/{doi}")
    else:
        yield from _abstract(
            id,
            title=next(iter(texts["title"]), ""),
            abstract="\n".join(texts["description"]),
            authors=texts["creator"],
            published=next(iter(texts["date"]), ""),
        )


def _xml(got: Fetched) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    try:
        return etree.fromstring(got.content, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError(f"the answer is no XML ({error}); check the address") from error


# Bibliographic services


def _openalex(followed: Followed, mark: dict[str, str]) -> Iterator[Look]:
    """OpenAlex: ``query`` is a DOI, or ``search`` and ``filter`` as its API takes them."""
    since = mark.get("from", "")
    if since:  # works are listed days or weeks after their date
        since = (date.fromisoformat(since) - timedelta(days=LATE_DAYS)).isoformat()
    limits = ["from_publication_date:" + since] if since else []
    yield from _cursors(
        followed,
        followed.place or OPENALEX,
        {"per-page": "100"},
        limits,
        results=lambda answer: answer.get("results"),
        cursor=lambda answer: _table(answer.get("meta")).get("next_cursor"),
        items=_openalex_work,
        newest=lambda work: _text(work.get("publication_date")),
        mark=mark,
    )


def _openalex_work(work: dict[str, Any]) -> Iterator[SourceItem]:
    file = _text(_table(work.get("best_oa_location")).get("pdf_url"))
    id = f"{work.get('id')} {_text(work.get('updated_date'))[:10]}"
    notices = _Notices(related=[("retraction-forward", "")] if work.get("is_retracted") else [])
    if file:
        yield SourceItem(id, file)
        if not notices.related:
            return
        id = f"{id} notice"  # the file may not say so itself; this is a version of it
    positions = [
        (at, word)
        for word, ats in _table(work.get("abstract_inverted_index")).items()
        for at in _list(ats)
        if isinstance(at, int)
    ]
    people = [_table(one.get("author")) for one in _tables(work.get("authorships"))]
    authors = [_text(person.get("display_name")) for person in people]
    yield from _abstract(
        id,
        title=_text(work.get("title")),
        abstract=" ".join(word for _, word in sorted(positions)),
        authors=list(filter(None, authors)),
        published=_text(work.get("publication_date")),
        doi=doi_in(_text(work.get("doi"))),
        notices=notices,
    )


def _crossref(followed: Followed, mark: dict[str, str]) -> Iterator[Look]:
    """Crossref: ``query`` is a DOI, or ``query`` and ``filter`` as its API takes them."""
    since = mark.get("from", "")
    limits = ["from-index-date:" + since] if since else []
    yield from _cursors(
        followed,
        followed.place or CROSSREF,
        {"rows": "100"},
        limits,
        results=lambda answer: _table(answer.get("message")).get("items"),
        cursor=lambda answer: _table(answer.get("message")).get("next-cursor"),
        items=_crossref_work,
        newest=_indexed,
        mark=mark,
    )


def _crossref_work(work: dict[str, Any]) -> Iterator[SourceItem]:
    id = f"{work.get('DOI')} {_indexed(work)}"
    kinds = {
        _text(link.get("content-type")): _text(link.get("URL"))
        for link in _tables(work.get("link"))
    }
    notices = _crossref_notices(work)
    for kind in ("application/xml", "text/xml", "application/pdf"):
        if kinds.get(kind) and not notices.kind:
            yield SourceItem(id, kinds[kind])
            if not notices.related:
                return
            id = f"{id} notice"  # the file may not say so itself; this is a version of it
            break
    day = _table(work.get("published") or work.get("issued")).get("date-parts")
    parts = [part for part in _list(_first(day)) if isinstance(part, int)]
    authors = [
        normalize(f"{_text(a.get('given'))} {_text(a.get('family'))}")
        for a in _tables(work.get("author"))
    ]
    yield from _abstract(
        id,
        title=_text(_first(work.get("title"))),
        abstract=_plain(_text(work.get("abstract"))),
        authors=list(filter(None, authors)),
        published="-".join(f"{part:02}" for part in parts if part),
        doi=normalize(_text(work.get("DOI"))) or None,
        notices=notices,
    )


@dataclass(frozen=True, slots=True)
class _Notices:
    """What a service says of notices about a work."""

    kind: str = ""
    """The JATS article-type, where the work is a notice itself."""
    related: Sequence[tuple[str, str]] = ()
    """JATS's related-article-type, and the DOI of the other work, as far as it is known."""


def _crossref_notices(work: dict[str, Any]) -> _Notices:
    """What Crossref knows of retractions, corrections and concerns, either way."""
    notices = _updates(work, "update-to")
    related = [(f"{kind}-forward", doi) for kind, doi in notices or _updates(work, "updated-by")]
    return _Notices(notices[0][0] if notices else "", related)


def _updates(work: dict[str, Any], key: str) -> list[tuple[str, str]]:
    """The kind of each notice that is named there, and the DOI of the other work."""
    named = [
        (notice_of_update(_text(update.get("type"))), normalize(_text(update.get("DOI"))))
        for update in _tables(work.get(key))
    ]
    return [(kind, doi) for kind, doi in named if kind]


def _indexed(work: dict[str, Any]) -> str:
    """The day on which a work was indexed last."""
    return _text(_table(work.get("indexed")).get("date-time"))[:10]


# Values of an answer, or empty ones where they are none or of another kind.


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _first(values: object) -> object:
    return next(iter(_list(values)), None)


def _tables(values: object) -> list[dict[str, Any]]:
    return [value for value in _list(values) if isinstance(value, dict)]


def _plain(fragment: str) -> str:
    """The text of an abstract that Crossref gives as a fragment of JATS."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(f"<a>{fragment.replace('jats:', '')}</a>".encode(), parser)
    if root is None:
        return ""
    parts = [normalize("".join(map(str, p.itertext()))) for p in root.iterfind(".//p")]
    return "\n".join(parts) or normalize("".join(map(str, root.itertext())))


def _cursors(
    followed: Followed,
    place: str,
    asked: dict[str, str],
    limits: list[str],
    *,
    results: Callable[[dict[str, Any]], object],
    cursor: Callable[[dict[str, Any]], object],
    items: Callable[[dict[str, Any]], Iterator[SourceItem]],
    newest: Callable[[dict[str, Any]], str],
    mark: dict[str, str],
) -> Iterator[Look]:
    """Page after page of a JSON service; of a DOI the one work that it names."""
    doi = doi_in(followed.query)
    if doi and "=" not in followed.query:
        answer = _json(fetch(f"{place}/{doi}", followed.name, None, TRIES), followed.name)
        work = _table(answer.get("message", answer))
        yield Look(tuple(items(work)), {})
        return
    query = dict(parse_qsl(followed.query))
    wanted = ",".join(filter(None, [query.pop("filter", ""), *limits]))
    begin = mark.get(REST, "*")
    asked = {**asked, **query, **({"filter": wanted} if wanted else {}), "cursor": begin}
    latest = mark.get("then", mark.get("from", ""))
    seen = {asked["cursor"], ""}
    for _ in range(MOST_PAGES):
        got = fetch(f"{place}?{urlencode(asked)}", followed.name, None, TRIES)
        answer = _json(got, followed.name)
        found = results(answer)
        if not isinstance(found, list):
            raise UnreadableError(
                f"{followed.name}: the answer is of another form; check the address"
            )
        works = _tables(found)
        latest = max([latest, *filter(_is_past, map(newest, works))])
        yield Look(tuple(item for work in works for item in items(work)))
        following = cursor(answer)
        if not works or not isinstance(following, str) or following in seen:
            new = {"from": latest}
            break
        seen.add(following)
        asked["cursor"] = following
    else:
        new = {"from": mark.get("from", ""), REST: asked["cursor"], "then": latest}
    yield Look((), _mark(new))


def _is_past(day: str) -> bool:
    """Whether a day is one, and not still to come: works are announced years ahead."""
    try:
        return date.fromisoformat(day) <= datetime.now(UTC).date()
    except ValueError:
        return False


def _json(got: Fetched, label: str) -> Any:
    try:
        found = json.loads(got.content)
    except ValueError as error:
        raise UnreadableError(f"{label}: the answer is no JSON; check the address") from error
    if not isinstance(found, dict):
        raise UnreadableError(f"{label}: the answer is of another form; check the address")
    return found


def _abstract(
    id: str,
    *,
    title: str,
    abstract: str,
    authors: list[str],
    published: str,
    doi: str | None = None,
    notices: _Notices | None = None,
) -> Iterator[SourceItem]:
    """A work whose text isn't to be had, as JATS with its abstract; none where that is short.

    A notice is told by its title alone.
    """
    notices = notices or _Notices()
    if not title or (len(abstract) < LEAST_ABSTRACT and not notices.kind):
        return
    article = etree.Element("article")
    if notices.kind:
        article.set("article-type", notices.kind)
    meta = etree.SubElement(etree.SubElement(article, "front"), "article-meta")
    if doi:
        etree.SubElement(meta, "article-id", {"pub-id-type": "doi"}).text = doi
    group = etree.SubElement(meta, "title-group")
    etree.SubElement(group, "article-title").text = normalize(title)
    meta.append(_contributors(authors))
    parts = published.split("-")
    if parts[0].isdecimal():
        day = etree.SubElement(meta, "pub-date", {"pub-type": "epub"})
        for tag, part in zip(("day", "month", "year"), reversed([*parts, "", ""][:3]), strict=True):
            if part.isdecimal():
                etree.SubElement(day, tag).text = part
    for kind, other in notices.related:
        named = {"related-article-type": kind, "ext-link-type": "doi", _HREF: other}
        etree.SubElement(meta, "related-article", named)
    body = etree.SubElement(meta, "abstract")
    for paragraph in filter(None, map(normalize, abstract.split("\n"))):
        etree.SubElement(body, "p").text = paragraph
    content = etree.tostring(article, xml_declaration=True, encoding="utf-8")
    yield SourceItem(id, content=content, name=f"{doi or id}.xml")


def _contributors(authors: list[str]) -> etree._Element:
    contributors = etree.Element("contrib-group")
    for author in map(normalize, authors):
        given, _, family = author.rpartition(" ")
        contributor = etree.SubElement(contributors, "contrib", {"contrib-type": "author"})
        name = etree.SubElement(contributor, "name")
        etree.SubElement(name, "surname").text = family
        if given:
            etree.SubElement(name, "given-names").text = given
    return contributors


#: How each kind of source is looked into; a folder is walked like the inbox.
KINDS: dict[str, Callable[[Followed, dict[str, str]], Iterator[Look]]] = {
    "feed": _feed,
    "oai": _oai,
    "openalex": _openalex,
    "crossref": _crossref,
    "address": _address,
}
