"""Pairs of texts as TMX 1.4, the format of translation memories: written and read.

In and out: ``TranslationPair``s of English and French. Of a unit in many languages these two are
read; marks in a text are opened, a tool's native code in it is left out.

Standard: TMX 1.4b, OSCAR, 26 April 2005 (https://www.gala-global.org/tmx-14b).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from corpus.document import LANGUAGES, Language, other
from corpus.errors import UnreadableError
from pipelines.render.layout import NOT_XML, xml_text

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
#: Elements whose content is a tool's own code; ``hi`` alone holds text.
_CODE = ("bpt", "ept", "ph", "it", "ut")
#: More units than a memory of ours has use for.
MAX_UNITS = 200_000


@dataclass(frozen=True, slots=True)
class TranslationPair:
    """A text and its translation."""

    language: Language
    """Of the source; the target is in the other one."""
    source: str
    target: str
    origin: str = ""
    """Where it comes from: a brief's id, or what the file says of it."""


def write(pairs: Iterable[TranslationPair]) -> str:
    """The pairs as a TMX document with its XML declaration; the same pairs give the same text."""
    told = list(pairs)
    root = etree.Element("tmx", {"version": "1.4"})
    languages = {pair.language for pair in told}
    header = {
        "creationtool": "passerelle",
        "creationtoolversion": "1",
        "segtype": "sentence",
        "o-tmf": "passerelle",
        "adminlang": "en",
        "srclang": languages.pop() if len(languages) == 1 else "*all*",
        "datatype": "plaintext",
    }
    etree.SubElement(root, "header", header)
    body = etree.SubElement(root, "body")
    for pair in told:
        unit = etree.SubElement(body, "tu", {"srclang": str(pair.language)})
        if pair.origin:
            etree.SubElement(unit, "prop", {"type": "x-origin"}).text = xml_text(pair.origin)
        for language, text in ((pair.language, pair.source), (other(pair.language), pair.target)):
            side = etree.SubElement(unit, "tuv", {_LANG: str(language)})
            etree.SubElement(side, "seg").text = NOT_XML.sub("\ufffd", text)
    etree.indent(root)
    body_text = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body_text}\n'


def read(root: etree._Element, name: str) -> list[TranslationPair]:
    """The English and French pairs of a TMX file, from its root element.

    Raises ``UnreadableError`` where there is none.
    """
    units = [one for one in root.iter(etree.Element) if etree.QName(one).localname == "tu"]
    if len(units) > MAX_UNITS:
        raise UnreadableError(f"{name}: more than {MAX_UNITS} units; split the memory")
    header = next((one for one in root if _local(one) == "header"), None)
    begun = header.get("srclang", "") if header is not None else ""
    found = [pair for unit in units for pair in _pairs(unit, begun, name)]
    if not found:
        raise UnreadableError(f"{name}: no pair of English and French in this memory")
    return found


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _pairs(unit: etree._Element, begun: str, name: str) -> list[TranslationPair]:
    texts: dict[Language, list[str]] = {"en": [], "fr": []}
    for side in unit:
        if _local(side) != "tuv":
            continue
        spoken = (side.get(_LANG) or side.get("lang") or "").lower()[:2]
        segment = next((one for one in side if _local(one) == "seg"), None)
        for language in LANGUAGES:
            if spoken == language and segment is not None and (text := _text(segment).strip()):
                texts[language].append(text)
    first = (unit.get("srclang") or begun).lower()[:2]
    source: Language = "fr" if first == "fr" else "en"
    props = [one for one in unit if _local(one) == "prop" and one.get("type") == "x-origin"]
    origin = "".join(map(str, props[0].itertext())) if props else name
    return [
        TranslationPair(source, here, there, origin)
        for here in texts[source][:1]
        for there in texts[other(source)]
    ]


def _text(element: etree._Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and _local(child) not in _CODE:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)
