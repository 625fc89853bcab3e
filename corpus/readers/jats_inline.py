"""The running text of JATS mixed content: what a person reads in one paragraph, cell or title.

In: an element whose tags carry no namespace. Out: ``pieces``, text in reading order with the
block elements that stand inside it (figures, lists, formulas) handed over as they are, and
``finish``, which joins such pieces into one normalized string: superscript citations as
`` [12]``, powers as ``10^6``, subscripts plain, no word glued or split by markup. Which elements
are blocks, and what becomes of them, is the reader's business (``corpus.readers.jats``);
formulas are read by ``corpus.readers.jats_math``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from string import ascii_lowercase

from lxml import etree

from corpus.document import normalize
from corpus.readers.jats_math import math_text, tex_text
from corpus.readers.jats_xml import names
from corpus.text import YEAR

Element = etree._Element

#: Elements that stand on their own wherever they occur, even in the midst of a paragraph.
BLOCKS: frozenset[str] = names(
    "abstract ack app app-group array attrib bio body boxed-text caption chem-struct-wrap code "
    "copyright-holder copyright-statement copyright-year corresp def-item def-list disp-formula "
    "disp-formula-group disp-quote fig fig-group floats-group fn fn-group glossary label license "
    "license-p list list-item media notes p permissions preformat question question-wrap ref "
    "ref-list sec sig-block speech statement subtitle supplementary-material table table-wrap "
    "table-wrap-foot table-wrap-group title verse-group verse-line"
)

# Marks within unfinished text. XML 1.0 forbids these control characters, so no file holds them.
_OPEN, _CLOSE = "\x01", "\x02"  # around the numbers of a citation
_RAISED = "\x03"  # after _OPEN: the citation was a superscript
_POWER = "\x04"  # before a numeric superscript
_TIGHT = "\x05"  # swallows white space before it
GAP = "\x06"
"""Stands where a block was taken out of a paragraph: a space, unless punctuation follows."""

_NUMBER = r"\d{1,4}[a-z]?"
_JOIN = r"\s*[,;–—−‐-]\s*"
_NUMBERS = re.compile(rf"{_NUMBER}(?:{_JOIN}{_NUMBER})*")
_EXPONENT = re.compile(r"[−–‐+-]?\d+(?:[.,/]\d+)?")
_MARKS = dict.fromkeys(range(0x01, 0x07))
_MARKED = re.compile(r"[\x01-\x06]")
_NO_GAP = re.compile(rf"{GAP}+(?=[\s.,;:)\]]|$)")
_IS_POWER = re.compile(rf"(?:(?<=\d)|(?<=\b10)\s){_POWER}")
_SIDE_BY_SIDE = re.compile(rf"{_CLOSE}({_JOIN}){_OPEN}{_RAISED}?")
_IN_PARENTHESES = re.compile(rf"\(\s*({_OPEN}[^{_CLOSE}]*{_CLOSE})\s*\)")
# A superscript follows the punctuation, a bracket precedes it; left behind, the citation would open
# the next sentence. The full stop of "et al." ends no sentence and stays.
_AFTER_PUNCTUATION = re.compile(
    rf"([.,;:])(?<=[\w)\]%”\"].)(?<!\bal.)(?:(?<!\.)|(?=[^{_CLOSE}]*{_CLOSE}(?:\s|$)))"
    rf"({_OPEN}{_RAISED}[^{_CLOSE}]*{_CLOSE})"
)
_CITATION = re.compile(rf"{_OPEN}{_RAISED}?([^{_CLOSE}]*){_CLOSE}")
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"  # soft hyphen, zero-width space…


def pieces(element: Element) -> Iterator[str | Element]:
    """The unfinished text of ``element`` in reading order, and the blocks within it."""
    if element.text:
        yield element.text
    for child in element:
        yield from _child_pieces(child)
        if child.tail:
            yield child.tail


def _child_pieces(child: Element) -> Iterator[str | Element]:
    if not isinstance(child.tag, str):
        return  # a comment or a processing instruction; its tail is text all the same
    if child.tag in BLOCKS:
        yield child
    elif handler := _INLINE.get(child.tag):
        yield handler(child)
    elif len(child):
        yield from pieces(child)
    elif child.text:
        yield child.text


def flat(element: Element) -> str:
    """The unfinished text of ``element`` with that of the blocks within it, set off by spaces."""
    if not len(element):
        return element.text or ""
    return "".join(
        piece if isinstance(piece, str) else f" {flat(piece)} " for piece in pieces(element)
    )


def text_of(element: Element | None) -> str:
    """All the text of ``element``, finished; empty where there is no element."""
    if element is None:
        return ""
    return finish([unit(element)])


def unit(element: Element) -> str:
    """The unfinished text of one element, read as what its own tag says it is."""
    return _INLINE.get(element.tag, flat)(element)


def finish(run: Iterable[str]) -> str:
    """One normalized string from the unfinished pieces of a paragraph."""
    text = "".join(run)
    if text.isprintable():  # nearly every name, title and number: neither marked nor invisible
        return normalize(text)
    for sign in _INVISIBLE:
        text = text.replace(sign, "")
    if not _MARKED.search(text):
        return normalize(text)
    if _TIGHT in text:
        before, *after = text.split(_TIGHT)
        text = "".join([*map(str.rstrip, [before, *after[:-1]]), after[-1]])
    if GAP in text:
        text = _NO_GAP.sub("", text).replace(GAP, " ")
    if _OPEN in text:
        text = _citations(text)
    if _POWER in text:
        # "10 <sup>6</sup>" is a power as well: without the mark it would read as another number.
        text = _IS_POWER.sub("^", text).replace(_POWER, "")
    return normalize(text)


def _citations(text: str) -> str:
    """Numeric citations in square brackets, those printed side by side in one pair."""
    text = _SIDE_BY_SIDE.sub(r"\1", text)
    text = _IN_PARENTHESES.sub(r"\1", text)
    if any(f"{mark}{_OPEN}" in text for mark in ".,;:"):
        text = _AFTER_PUNCTUATION.sub(r"\2\1", text)
    parts: list[str] = []
    done = 0
    for citation in _CITATION.finditer(text):
        before = text[done : citation.start()]
        parts += _bracketed(citation, before, done + len(before.rstrip()))
        done = citation.end()
    return "".join([*parts, text[done:]])


def _bracketed(citation: re.Match[str], before: str, start: int) -> tuple[str, str]:
    """The text before a citation, which ends at ``start`` but for white space, and its numbers."""
    text, end = citation.string, citation.end()
    numbers = citation[1].strip()
    opened = text.rfind("[", max(0, start - 80), start)
    if opened > text.rfind("]", 0, start):  # printed in brackets already: [see 12, 13]
        return before, numbers
    space = "" if start == 0 or text[start - 1] in "([“‘" else " "
    after = " " if text[end : end + 1].isalnum() else ""
    return before.rstrip(), f"{space}[{numbers}]{after}"


def _raised(element: Element) -> bool:
    above = next(element.iterancestors("sup"), None)
    return above is not None or next(element.iter("sup"), None) is not None


def _mark(text: str, raised: bool) -> str:
    return f"{_OPEN}{_RAISED if raised else ''}{text}{_CLOSE}"


def cites_numbers(printed: str) -> bool:
    """Whether a citation is one by number: ``12``, ``3, 5–7a``. A year, ``2019b``, is none."""
    year = YEAR.fullmatch(printed.rstrip(ascii_lowercase))
    return _NUMBERS.fullmatch(printed) is not None and not year


def _cross_reference(element: Element) -> str:
    """A numeric citation or a footnote's mark set apart; anything else as printed."""
    text = flat(element)
    printed = (text.translate(_MARKS) if _MARKED.search(text) else text).strip()
    kind = element.get("ref-type")
    if kind == "bibr":
        raised = _raised(element)
        inner = printed.strip("()[]") if raised or printed.startswith("(") else printed
        if cites_numbers(inner):
            return _mark(inner, raised)
    elif kind in ("fn", "table-fn") and len(printed) <= 3 and printed.isalnum():
        return _mark(printed, raised=True)
    return text


def _superscript(element: Element) -> str:
    """A power, a citation of one or several numbers, or plain text as in ``Ca2+``."""
    text = flat(element)
    printed = (text.translate(_MARKS) if _MARKED.search(text) else text).strip()
    if _OPEN in text and _NUMBERS.fullmatch(printed.strip("()[]")):
        return _mark(printed.strip("()[]"), raised=True)
    if _opens_footnote(element):
        return f"{text} "
    return _POWER + printed if _EXPONENT.fullmatch(printed) else text


def _opens_footnote(element: Element) -> bool:
    """Whether it is a note's own mark, printed without a label: ``<fn><p><sup>a</sup>By…``."""
    parent = element.getparent()
    if parent is None or parent.tag != "p" or (parent.text or "").strip():
        return False
    above = parent.getparent()
    noted = above is not None and above.tag in ("fn", "table-wrap-foot")
    return noted and element.getprevious() is None


def _name(element: Element) -> str:
    parts = {child.tag: child for child in reversed(element)}
    named = [flat(parts[part]) for part in ("surname", "given-names", "suffix") if part in parts]
    return " ".join(named) or flat_children(element)


def flat_children(element: Element) -> str:
    """The texts of the child elements, set apart by spaces."""
    children = (child for child in element if isinstance(child.tag, str))
    return " ".join(unit(child) for child in children)


def _person_group(element: Element) -> str:
    """Names as printed; set apart by commas where the file leaves that to a style sheet."""
    people = [child for child in element if isinstance(child.tag, str)]
    if any((person.tail or "").strip() for person in people[:-1]):
        return flat(element)
    return ", ".join(unit(person) for person in people)


def _citation(element: Element) -> str:
    """A reference as printed; its parts set apart where the file has nothing between them."""
    text = element.text or ""
    before: Element | None = None
    for child in element:
        if isinstance(child.tag, str):
            if before is not None and not before.tail:
                text += _between(before.tag, child.tag)
            text += unit(child)
            before = child
        text += child.tail or ""
    return text


def _between(before: str, after: str) -> str:
    if (before, after) == ("fpage", "lpage"):
        return "–"
    return ", " if before == after == "name" else GAP


def _formula(element: Element) -> str:
    """An inline formula; one that is only a picture leaves ``[…]``, so that the gap is seen."""
    text = flat(element)
    pictures = element.iter("inline-graphic", "graphic")
    return text if text.strip() or next(pictures, None) is None else "[…]"


def _and_others(element: Element) -> str:
    text = flat(element)
    return text if text.strip() else "et al."


def _tex(element: Element) -> str:
    parent = element.getparent()
    if parent is not None and parent.find(".//math") is not None:
        return ""  # the MathML alternative is read instead
    return tex_text("".join(map(str, element.itertext())))


_INLINE: dict[str, Callable[[Element], str]] = {
    "alt-text": lambda element: "",
    "break": lambda element: " ",
    "etal": _and_others,
    "graphic": lambda element: "",
    "inline-formula": _formula,
    "inline-graphic": lambda element: "",
    "long-desc": lambda element: "",
    "math": math_text,
    "mixed-citation": _citation,
    "name": _name,
    "nlm-citation": _citation,
    "object-id": lambda element: "",
    "person-group": _person_group,
    "sup": _superscript,
    "tex-math": _tex,
    "x": lambda element: _TIGHT + flat(element),
    "xref": _cross_reference,
}
