"""Érudit Article XML, the schema of Canada's French-language journals.

In: the bytes of a file that holds one article. Out: a ``Document``. The tree is turned into the
JATS article that says the same, and ``corpus.readers.jats`` reads it. Numbers of paragraphs, which
the site prints in the margin, and pictures are left out.

Element and attribute meanings: schéma Érudit Article 3.0 (http://www.erudit.org/xsd/article).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from corpus.document import Document
from corpus.errors import UnreadableError
from corpus.readers.bind import iso_date
from corpus.readers.jats import document_of
from corpus.readers.jats_inline import cites_numbers
from corpus.readers.jats_made import Front, front_element, make
from corpus.readers.jats_xml import XML_LANG, Element, kind_of_xml, names, parse
from corpus.readers.tei_references import texts

#: Kinds of article (``typeart``) by their names in JATS.
_TYPES = {
    "article": "research-article", "compterendu": "book-review", "note": "brief-report",
    "autre": "other",
}  # fmt: skip
#: Elements with one JATS name wherever they stand; what isn't listed is running text.
_RENAMED = {
    "alinea": "p", "annexe": "app", "biblio": "ref-list", "bloccitation": "disp-quote",
    "cellulelignetete": "td", "dedicace": "p", "divbiblio": "ref-list", "elemliste": "list-item",
    "encadre": "boxed-text", "equation": "disp-formula", "exposant": "sup", "grannexe": "app-group",
    "grbiblio": "ref-list", "grnote": "fn-group", "indice": "sub", "legende": "caption",
    "listenonord": "list", "listeord": "list", "merci": "ack", "notebio": "sec", "refbiblio": "ref",
    "remerciement": "ack", "tabcellulee": "td", "tabcelluled": "td", "tabligne": "tr",
    "titre": "title", "verbatim": "disp-quote", "ligne": "verse-line", "strophe": "verse-group",
} | {f"section{level}": "sec" for level in range(1, 7)}  # fmt: skip
#: Frames around paragraphs, taken away.
_UNWRAPPED = names("bloc grencadre grequation grnotebio objet objetmedia para")
_DROPPED = names("audio image no-para objetaudio objetvideo video")


def read(content: bytes, name: str) -> Document:
    """Read an Érudit article; ``name`` is its file name or address.

    Raises ``UnreadableError`` where the bytes are not well-formed XML, are another kind of XML, or
    hold no text.
    """
    root = parse(content, name)
    if root.tag != "article" or not is_erudit(root):
        raise UnreadableError(f"{name}: not an Érudit article but {kind_of_xml(root)}")
    return document_of(_article(root), content, name)


def is_erudit(root: Element) -> bool:
    """Whether an ``article`` element is one of Érudit's."""
    return any(root.find(part) is not None for part in ("liminaire", "admin", "corps"))


def _article(root: Element) -> Element:
    article = make("article", article_type=_TYPES.get(root.get("typeart", ""), "other"))
    if language := root.get("lang"):
        article.set(XML_LANG, language)
    article.append(front_element(_front(root), _front_parts(root, root.get("lang", ""))))
    for body in root.iterfind("corps"):
        _translate_children(body)
        body.tag = "body"
        article.append(body)
    for back in root.iterfind("partiesann"):
        _translate_children(back)
        back.tag = "back"
        article.append(back)
    return article


# --- front -----------------------------------------------------------------------------------


def _front(root: Element) -> Front:
    title, subtitle = (texts(root.find(f"liminaire/grtitre/{tag}")) for tag in ("titre", "sstitre"))
    doi = root.find("admin/infoarticle/idpublic[@scheme='doi']")
    return Front(
        title=f"{title}{' ' if title.endswith(('?', '!', ':')) else ' : '}{subtitle}"
        if title and subtitle
        else title or subtitle or _reviewed(root),
        authors=tuple(filter(None, map(_author, root.iterfind("liminaire/grauteur/auteur")))),
        identifiers=(
            ("doi", texts(doi)),
            ("erudit", root.get("idproprio", "")),
        ),
        published=_published(root),
        journal=texts(root.find("admin/revue/titrerev")),
        translated_titles=tuple(map(texts, root.iterfind("liminaire/grtitre/titreparal"))),
    )


def _reviewed(root: Element) -> str:
    """The work that a review without a title of its own is about."""
    return texts(root.find("liminaire/grtitre/trefbiblio"))


def _author(author: Element) -> str:
    parts = ("nompers/prenom", "nompers/autreprenom", "nompers/nomfamille", "nompers/suffixe")
    name = " ".join(filter(None, (texts(author.find(part)) for part in parts)))
    return name or texts(author.find("nomorg"))


def _published(root: Element) -> str | None:
    """The day of publication on the site, else the year of the printed issue."""
    stated = (
        iso_date(texts(root.find(path)))
        for path in ("admin/numero/pubnum/date", "admin/numero/pub/date", "admin/numero/pub/annee")
    )
    return next(filter(None, stated), None)


def _front_parts(root: Element, language: str) -> list[Element]:
    """Abstracts, key words, notes and rights, the article's own language before others."""
    parts = []
    for element in root.iterfind("liminaire/resume"):
        own = element.get("lang", language) == language
        _translate_children(element)
        element.tag = "abstract" if own else "trans-abstract"
        element.set(XML_LANG, element.get("lang", language))
        parts.append(element)
    for group in root.iterfind("liminaire/grmotcle"):
        words = [make("kwd", texts(word)) for word in group.iterfind("motcle")]
        parts.append(make("kwd-group", children=words))
    notes = [_note_of(element) for element in root.iterfind("liminaire/notegen")]
    places = dict.fromkeys(
        texts(place) for place in root.iterfind("liminaire/grauteur//affiliation")
    )
    notes += [make("p", place) for place in places if place]
    if notes:
        parts.append(make("author-notes", children=notes))
    if rights := texts(root.find("admin/droitsauteur")):
        parts.append(make("permissions", children=[make("copyright-statement", rights)]))
    return parts


def _note_of(element: Element) -> Element:
    _translate_children(element)
    element.tag = "fn"
    return element


# --- text ------------------------------------------------------------------------------------


def _translate_children(element: Element) -> None:
    for child in list(element):
        if isinstance(child.tag, str):
            _translate(child)


def _translate(element: Element) -> None:
    if element.tag in _DROPPED:
        _take_out(element)
    elif handler := _HANDLERS.get(element.tag):
        handler(element)
    elif element.tag in _UNWRAPPED:
        _translate_children(element)
        _unwrap(element)
    elif element.tag != "math":
        _translate_children(element)
        element.tag = _RENAMED.get(element.tag, "named-content")


def _parent(element: Element) -> Element:
    parent = element.getparent()
    assert parent is not None  # every handler's element stands below the text
    return parent


def _take_out(element: Element) -> None:
    """Remove an element but keep the text behind it."""
    before, parent = element.getprevious(), _parent(element)
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    element.tail = None
    parent.remove(element)


def _unwrap(element: Element) -> None:
    """Put what an element holds in its place; text of its own becomes a paragraph."""
    if (element.text or "").strip():
        element.insert(0, make("p", element.text or ""))
    for child in list(element):
        element.addprevious(child)
    _take_out(element)


def _number(element: Element) -> None:
    """The number of a section, a note or an entry; that of a paragraph is the site's own."""
    if _parent(element).tag == "para":
        _take_out(element)
    else:
        element.tag = "label"
        text = texts(element)
        del element[:]
        element.text = "".join(text.split())


def _marked(element: Element) -> None:
    kind = element.get("typemarq", "")
    _translate_children(element)
    element.tag = "bold" if kind.startswith("gras") else "italic"


def _pointer(element: Element) -> None:
    """A note's raised number, or a reference as it is printed."""
    _translate_children(element)
    noted = element.get("typeref") == "note" or cites_numbers(texts(element))
    element.tag = "xref"
    element.set("ref-type", "fn" if noted else "other")


def _figure(element: Element) -> None:
    """A figure or table: number, legend, and what it holds as cells or as loose words."""
    kind = "table-wrap" if element.tag == "tableau" else "fig"
    caption = make("caption", children=list(_legends(element)))
    for picture in list(element.iter("image")):
        _take_out(picture)
    loose = [texts(text) for text in element.iter("texte") if texts(text)]
    for part in list(element.iter("texte")):
        _take_out(part)
    _translate_children(element)
    element.insert(min(1, len(element)) if element.find("label") is not None else 0, caption)
    element.tag = kind
    for words in loose:
        row = make("tr", children=[make("td", words)])
        element.append(make("table", children=[row]))


def _legends(element: Element) -> Iterator[Element]:
    for legend in list(element.iterfind("legende")):
        title = legend.find("titre")
        if title is not None:
            _translate_children(title)
            title.tag = "title"
        _translate_children(legend)
        yield from list(legend)
        _parent(legend).remove(legend)


def _group(element: Element) -> None:
    """Figures that share a legend."""
    legends = list(_legends(element))
    _translate_children(element)
    element.tag = "fig-group"
    if legends:
        element.insert(0, make("caption", children=legends))


def _loose_text(element: Element) -> None:
    """Text that the site made by machine from the printed pages: a paragraph a line."""
    _translate_children(element)
    if element.find("p") is not None:
        _unwrap(element)
        return
    lines = [line for line in "".join(map(str, element.itertext())).split("\n\n") if line.strip()]
    for line in lines:
        element.addprevious(make("p", line))
    _take_out(element)


def _reference(element: Element) -> None:
    """An entry, without the identifiers that the site adds to it."""
    for identifier in list(element.iterfind("idpublic")):
        _take_out(identifier)
    _translate_children(element)
    element.tag = "mixed-citation"
    entry = make("ref")
    entry.tail, element.tail = element.tail, None
    _parent(element).replace(element, entry)
    entry.append(element)


def _note(element: Element) -> None:
    _translate_children(element)
    element.tag = "fn"
    for label, paragraph in pairwise(element):
        if label.tag == "label" and paragraph.tag == "p":
            label.tail = None


_HANDLERS: dict[str, Callable[[Element], None]] = {
    "figure": _figure,
    "grfigure": _group,
    "grtableau": _group,
    "marquage": _marked,
    "no": _number,
    "note": _note,
    "refbiblio": _reference,
    "renvoi": _pointer,
    "tableau": _figure,
    "texte": _loose_text,
}
