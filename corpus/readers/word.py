"""Word documents (.docx): reports, papers and transcripts as offices write them.

In: the bytes of an Office Open XML document. Out: a ``Document``. mammoth turns the file into HTML
(tracked insertions kept and deletions left out, comments, headers and footers left out), and
``corpus.readers.html_article`` reads that. What mammoth doesn't know is prepared here: formulas
become text, and styles of the document's own count as headings where their outline level says so.

Element meanings: ECMA-376 (Office Open XML), part 1, chapters 17 and 22.1.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping

import mammoth
from lxml import etree, html

from corpus.document import Document
from corpus.errors import UnreadableError
from corpus.readers.archive import parts_of, tree_of
from corpus.readers.html_article import document_from_html
from corpus.readers.jats_made import Front
from corpus.readers.jats_math import math_text
from corpus.readers.jats_xml import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MAIN = "word/document.xml"

#: mammoth's own language: which style becomes which element. Word keeps English names in the file.
_STYLES = """
p[style-name='Title'] => p.title:fresh
p[style-name='Titre'] => p.title:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='Author'] => p.author:fresh
p[style-name='Auteur'] => p.author:fresh
p[style-name='caption'] => figcaption:fresh
p[style-name='Caption'] => figcaption:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name^='toc'] => !
p[style-name^='TOC'] => !
"""


def read(content: bytes, name: str) -> Document:
    """Read a Word document; ``name`` is its file name or address.

    Raises ``UnreadableError`` where the file is damaged, locked, another kind of Office file, or
    holds no text.
    """
    return document_from_html(html_of(content, name), Front(), content, name)


def html_of(content: bytes, name: str) -> Element:
    """The document's text as the body of a page. Raises ``UnreadableError``."""
    parts = parts_of(content, name, (".xml", ".rels"))  # pictures may be of any size
    if _MAIN not in parts:
        raise UnreadableError(f"{name}: no Word document; save it as .docx")
    tree = tree_of(parts, _MAIN, name)
    for part in sorted(parts):  # mammoth's own parser must not be shown what ours refuses
        if part != _MAIN:
            tree_of(parts, part, name)
    _say_formulas(tree)
    styles = _STYLES + "\n".join(_outlined(parts, name))
    packed = _packed({**parts, _MAIN: etree.tostring(tree)})
    try:
        made = mammoth.convert_to_html(
            packed, style_map=styles, convert_image=mammoth.images.img_element(_no_picture)
        ).value
    except RecursionError as error:
        raise UnreadableError(f"{name}: nested too deep to be read; save it as PDF") from error
    except Exception as error:  # mammoth has no errors of its own for a file it can't follow
        raise UnreadableError(
            f"{name}: the Word file is damaged ({type(error).__name__}); open it and save it again"
        ) from error
    if not made.strip():
        raise UnreadableError(f"{name}: holds no sentence to read; give the full text")
    page: Element = html.document_fromstring(f"<html><body>{made}</body></html>")
    body = page.find("body")
    assert body is not None
    return body


def _no_picture(picture: object) -> dict[str, str]:
    return {}


def _packed(parts: Mapping[str, bytes]) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    packed.seek(0)
    return packed


# --- styles -----------------------------------------------------------------------------------


def _outlined(parts: Mapping[str, bytes], name: str) -> Iterator[str]:
    """A line of mammoth's style map for each style whose outline level makes it a heading."""
    if "word/styles.xml" not in parts:
        return
    styles = {
        style.get(f"{_W}styleId", ""): style
        for style in tree_of(parts, "word/styles.xml", name).iter(f"{_W}style")
        if style.get(f"{_W}type") == "paragraph"
    }
    for identifier, style in styles.items():
        named = _value(style.find(f"{_W}name"))
        level = _level(identifier, styles)
        if named and level is not None and level < 6 and "'" not in named and "\\" not in named:
            yield f"p[style-name='{named}'] => h{level + 1}:fresh"


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(f"{_W}val", "")


def _level(identifier: str, styles: Mapping[str, Element]) -> int | None:
    """Outline level of a style, 0 outermost, its own or that of the style it is based on."""
    seen: set[str] = set()
    while identifier in styles and identifier not in seen:
        seen.add(identifier)
        stated = _value(styles[identifier].find(f"{_W}pPr/{_W}outlineLvl"))
        if stated.isdecimal():
            return int(stated)
        identifier = _value(styles[identifier].find(f"{_W}basedOn"))
    return None


# --- formulas ---------------------------------------------------------------------------------

#: Office Math by the MathML that says the same; the parts of each in MathML's order.
_FORMULAS: dict[str, tuple[str, tuple[str, ...]]] = {
    "f": ("mfrac", ("num", "den")),
    "sSup": ("msup", ("e", "sup")),
    "sSub": ("msub", ("e", "sub")),
    "sSubSup": ("msubsup", ("e", "sub", "sup")),
    "rad": ("mroot", ("e", "deg")),
    "d": ("mfenced", ("e",)),
    "func": ("mrow", ("fName", "e")),
    "limLow": ("munder", ("e", "lim")),
    "limUpp": ("mover", ("e", "lim")),
}


def _say_formulas(tree: Element) -> None:
    """Put a run of text in the place of each formula."""
    for formula in list(tree.iter(f"{_M}oMath")):
        run, text = etree.Element(f"{_W}r"), etree.Element(f"{_W}t")
        text.text = math_text(_mathml(formula))
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(text)
        run.tail = formula.tail
        parent = formula.getparent()
        if parent is None:
            continue
        if parent.tag == f"{_M}oMathPara":  # a displayed formula: mammoth skips the frame
            grandparent = parent.getparent()
            if grandparent is not None:
                parent.addprevious(run)
                parent.remove(formula)
        else:
            parent.replace(formula, run)


def _mathml(element: Element) -> Element:
    made = etree.Element("mrow")
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name = etree.QName(child).localname
        if name == "r":
            token = "".join(str(text.text or "") for text in child.iter(f"{_M}t"))
            part = etree.SubElement(made, _token_kind(token))
            part.text = token
        elif name in _FORMULAS:
            tag, parts = _FORMULAS[name]
            part = etree.SubElement(made, tag)
            for each in parts:
                part.extend([_mathml(inner) for inner in child.iterfind(f"{_M}{each}")])
            if tag == "mroot" and not math_text(part[-1]).strip():
                part.tag = "msqrt"
        elif name == "nary":
            made.append(_sum(child))
        elif not name.endswith("Pr"):
            made.append(_mathml(child))
    return made


def _sum(element: Element) -> Element:
    """A sum, product or integral with its bounds, then what it runs over."""
    sign = element.find(f"{_M}naryPr/{_M}chr")
    operator = etree.Element("mo")
    operator.text = "∫" if sign is None else sign.get(f"{_M}val", "∫")
    bounds = etree.Element("msubsup")
    bounds.append(operator)
    for tag in ("sub", "sup"):
        found = element.find(f"{_M}{tag}")
        bounds.append(etree.Element("mrow") if found is None else _mathml(found))
    made = etree.Element("mrow")
    made.append(bounds)
    space = etree.SubElement(made, "mspace")
    space.tail = None
    made.extend([_mathml(inner) for inner in element.iterfind(f"{_M}e")])
    return made


def _token_kind(token: str) -> str:
    if token.strip().replace(".", "").replace(",", "").isdecimal():
        return "mn"
    return "mi" if token.strip().isalpha() else "mtext"
