"""PubMed records: title, abstract and what the index knows of a paper, without its full text.

In: the bytes of a file that holds one ``PubmedArticle``. Out: a ``Document`` of the abstract. The
record is turned into the JATS article that says the same, and ``corpus.readers.jats`` reads it;
retractions, corrections and expressions of concern come along as the record names them.

Element meanings: NLM PubMed DTD, January 2025 (https://dtd.nlm.nih.gov/ncbi/pubmed/).
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.document import Document
from corpus.errors import UnreadableError
from corpus.readers.jats import document_of
from corpus.readers.jats_made import Front, front_element, make
from corpus.readers.jats_metadata import month_named
from corpus.readers.jats_xml import XML_LANG, Element, kind_of_xml, parse
from corpus.readers.tei_references import texts
from corpus.text import doi_in

#: ISO 639-2 codes of the index by those of two letters.
_LANGUAGES = {"eng": "en", "fre": "fr", "fra": "fr", "por": "pt", "spa": "es", "ger": "de"}
#: Publication types by JATS's kinds of article, the most telling first.
_TYPES = {
    "Retraction of Publication": "retraction", "Retraction Notice": "retraction",
    "Expression of Concern": "expression-of-concern", "Published Erratum": "correction",
    "Editorial": "editorial", "Letter": "letter", "Comment": "article-commentary",
    "Practice Guideline": "guideline", "Guideline": "guideline",
    "Systematic Review": "review-article", "Meta-Analysis": "review-article",
    "Review": "review-article", "Case Reports": "case-report",
    "Clinical Trial Protocol": "protocol",
}  # fmt: skip
#: ``CommentsCorrections`` by JATS's kinds of related article.
_RELATED = {
    "RetractionIn": "retraction-forward", "PartialRetractionIn": "retraction-forward",
    "ErratumIn": "correction-forward", "ExpressionOfConcernIn": "expression-of-concern-forward",
    "RetractionOf": "retracted-article", "ErratumFor": "corrected-article",
    "ExpressionOfConcernFor": "object-of-concern", "CorrectedandRepublishedIn": "updated-article",
}  # fmt: skip


def read(content: bytes, name: str) -> Document:
    """Read a PubMed record; ``name`` is its file name or address.

    Raises ``UnreadableError`` where the bytes are not well-formed XML, hold no record or several,
    or the record has no abstract.
    """
    root = parse(content, name)
    records = [root] if root.tag == "PubmedArticle" else list(root.iter("PubmedArticle"))
    if not records:
        raise UnreadableError(f"{name}: not a PubMed record but {kind_of_xml(root)}")
    if len(records) > 1:
        raise UnreadableError(f"{name}: {len(records)} records; give each as a file of its own")
    return document_of(_article(records[0]), content, name)


def _article(record: Element) -> Element:
    stated = {texts(kind) for kind in record.iterfind(".//PublicationTypeList/PublicationType")}
    kind = next((name for label, name in _TYPES.items() if label in stated), "research-article")
    article = make("article", article_type=kind)
    found = record.find(".//Article")
    language = _LANGUAGES.get(texts(found.find("Language")), "") if found is not None else ""
    related = list(_related(record))
    if "Retracted Publication" in stated and not any("retract" in r[0] for r in related):
        related.append(("retraction-forward", "pmid", ""))
    if found is not None:
        article.append(front_element(_front(record, found, related), _abstracts(record, language)))
    return article


def _front(record: Element, found: Element, related: list[tuple[str, str, str]]) -> Front:
    identifiers = [
        (kind, texts(element))
        for element in record.iterfind("PubmedData/ArticleIdList/ArticleId")
        if (kind := {"pubmed": "pmid", "pmc": "pmcid"}.get(t := element.get("IdType", ""), t))
    ]
    stated = [("pmid", texts(record.find("MedlineCitation/PMID")))]
    stated += [("doi", texts(e)) for e in found.iterfind("ELocationID[@EIdType='doi']")]
    return Front(
        title=texts(found.find("ArticleTitle")).strip("[]") or texts(found.find("VernacularTitle")),
        authors=tuple(filter(None, map(_author, found.iterfind("AuthorList/Author")))),
        identifiers=tuple(dict([*identifiers, *stated]).items()),
        published=_published(found),
        journal=texts(found.find("Journal/Title")),
        related=tuple(related),
    )


def _author(author: Element) -> str:
    parts = [texts(author.find(part)) for part in ("ForeName", "LastName", "Suffix")]
    return " ".join(filter(None, parts)) or texts(author.find("CollectiveName"))


def _published(found: Element) -> str | None:
    for path in ("ArticleDate", "Journal/JournalIssue/PubDate"):
        date = found.find(path)
        if date is None:
            continue
        year, month, day = (texts(date.find(part)) for part in ("Year", "Month", "Day"))
        year = year or texts(date.find("MedlineDate"))[:4]
        if not (year.isdecimal() and len(year) == 4):
            continue
        number = int(month) if month.isdecimal() and len(month) < 3 else month_named(month)
        parts = [year, f"{number:02}"] if 1 <= number <= 12 else [year]
        if len(parts) == 2 and day.isdecimal() and len(day) < 3:
            parts.append(day.zfill(2))
        return "-".join(parts)
    return None


def _related(record: Element) -> Iterator[tuple[str, str, str]]:
    for other in record.iterfind(".//CommentsCorrectionsList/CommentsCorrections"):
        if kind := _RELATED.get(other.get("RefType", "")):
            doi = doi_in(texts(other.find("RefSource")))
            yield (kind, "doi", doi) if doi else (kind, "pmid", texts(other.find("PMID")))


def _abstracts(record: Element, language: str) -> list[Element]:
    """The abstract, that of other languages apart; a record of its translation is in English."""
    made = []
    for abstract in record.iterfind(".//Article/Abstract"):
        made.append(_abstract(abstract, "abstract", ""))
    for abstract in record.iterfind(".//OtherAbstract"):
        code = _LANGUAGES.get(abstract.get("Language", ""), language)
        made.append(_abstract(abstract, "trans-abstract", code))
    words = [make("kwd", texts(word)) for word in record.iterfind(".//KeywordList/Keyword")]
    return [*made, make("kwd-group", children=words)]


def _abstract(abstract: Element, tag: str, language: str) -> Element:
    made = make(tag)
    if language:
        made.set(XML_LANG, language)
    for part in abstract.iterfind("AbstractText"):
        label = part.get("Label", "").strip().capitalize()
        part.tag = "p"
        part.attrib.clear()
        for inner in part.iterdescendants():
            inner.tag = {"i": "italic", "b": "bold", "u": "underline"}.get(inner.tag, inner.tag)
        made.append(make("sec", children=[make("title", label), part]) if label else part)
    return made
