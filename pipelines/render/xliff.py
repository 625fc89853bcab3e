"""The brief as XLIFF 2.1, for a translator's own tool: one unit a segment, one group a section.

The source side is always the language of the brief's (first) document; segments that were
written in the other language are turned round. What was said in the other language alone, in an
exchange held in both, can't stand in the file: a note names it. Numbers are locked; each unit's
notes give the evidence and how each number is written in the target language. What comes back
from a translator is read by ``import_translation``'s module, not here.

Standard: XLIFF Version 2.1, OASIS Standard, 13 February 2018
(http://docs.oasis-open.org/xliff/xliff-core/v2.1/os/xliff-core-v2.1-os.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from corpus.document import Language, other
from corpus.errors import PasserelleError
from pipelines.brief import Brief, Segment
from pipelines.language.numbers import figures
from pipelines.language.typography import localize_number, one_line, quoted
from pipelines.render.layout import NOT_XML, label, place, sections, xml_text

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"


def render(brief: Brief) -> str:
    """The brief as an XLIFF 2.1 document with its XML declaration.

    Raises ``PasserelleError`` where no segment can stand in the file: all exist in the target
    language only; or where an id isn't an XML name token or not its own.
    """
    source = brief.documents[0].language if brief.documents else brief.language
    target = other(source)
    root = etree.Element(_tag("xliff"), nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    root.attrib.update({"version": "2.1", "srcLang": source, "trgLang": target})
    file = _file(root, brief)
    _refuse_repeated_ids(brief)
    alone = {s.id for s in brief.segments if s.language != source and s.target.text is None}
    if alone and len(alone) == sum(segment.origin != "template" for segment in brief.segments):
        raise PasserelleError(
            f"{brief.id}: written in {target} alone, which an XLIFF file from {source} can't "
            f"carry; give its text in {source} first"
        )
    units = [
        (_unit(group, segment, source, target), segment)
        for group, segments in _groups(file, brief, target)
        for segment in segments
        if segment.id not in alone
    ]
    for left_out in sorted(alone):
        _note(file[0], "not_carried", f"{left_out}: {target}")
    etree.indent(root)  # before the texts, which must stay to the letter
    for unit, segment in units:
        _fill(unit, segment, source)
    body = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def text_of(element: etree._Element) -> str:
    """The text of a ``<source>`` or ``<target>``: marks opened, ``<cp>`` as its character."""
    parts = [element.text or ""]
    for child in element:
        held = child.tag == _tag("cp")
        parts.append(chr(int(child.get("hex", ""), 16)) if held else text_of(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _file(root: etree._Element, brief: Brief) -> etree._Element:
    names = " ".join(xml_text(document.source) for document in brief.documents)
    file = etree.SubElement(root, _tag("file"), {"id": "brief", "original": names or brief.id})
    notes = etree.SubElement(file, _tag("notes"))
    _note(notes, "brief", brief.id)
    for document in brief.documents:
        _note(notes, "sha256", document.sha256)
        if document.title:
            _note(notes, "title", document.title)
    return file


def _groups(
    file: etree._Element, brief: Brief, target: Language
) -> Iterator[tuple[etree._Element, list[Segment]]]:
    for section, segments in sections(brief):
        group = etree.SubElement(file, _tag("group"), {"id": str(section), "name": str(section)})
        notes = etree.SubElement(group, _tag("notes"))
        _note(notes, "section", label("section", section, target))
        yield group, segments


def _note(notes: etree._Element, category: str, text: str) -> None:
    note = etree.SubElement(notes, _tag("note"), {"category": category})
    note.text = xml_text(text)


def _unit(
    group: etree._Element, segment: Segment, source: Language, target: Language
) -> etree._Element:
    """Add a unit with its notes and its still empty source and target."""
    if not re.fullmatch(r"[A-Za-z0-9_.:-]+", segment.id):
        raise PasserelleError(
            f"segment {one_line(segment.id)!r}: its id can't stand in XLIFF; "
            "use letters, digits, - . _ only"
        )
    attributes = {"id": segment.id, "name": segment.section, "canResegment": "no"}
    unit = etree.SubElement(group, _tag("unit"), attributes)
    notes = [*_evidence_notes(segment, target), *_number_notes(segment, target)]
    if notes:
        element = etree.SubElement(unit, _tag("notes"))
        for category, text in notes:
            _note(element, category, text)
    body = etree.SubElement(unit, _tag("segment"), {"state": str(segment.target.state)})
    keep_spaces = {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
    etree.SubElement(body, _tag("source"), keep_spaces)
    if segment.language != source or segment.target.text is not None:
        etree.SubElement(body, _tag("target"), keep_spaces)
    return unit


def _refuse_repeated_ids(brief: Brief) -> None:
    seen: set[str] = set()
    for segment in brief.segments:
        if segment.id in seen:
            raise PasserelleError(f"segment {segment.id}: two have this id; give each its own")
        seen.add(segment.id)


def _evidence_notes(segment: Segment, target: Language) -> Iterator[tuple[str, str]]:
    for item in segment.evidence:
        values = {"place": place(item, target), "quote": quoted(item.quote, target)}
        yield "evidence", label("text", "evidence_note", target, **values)


def _number_notes(segment: Segment, target: Language) -> Iterator[tuple[str, str]]:
    if segment.language == target:
        return
    for text in dict.fromkeys(n.text for n in figures(segment.text, segment.language)):
        written = localize_number(text, target)
        yield "number", label("text", "number_note", target, source=text, target=written)


def _fill(unit: etree._Element, segment: Segment, source: Language) -> None:
    """Write the unit's texts, turned round where the segment is in the target language."""
    texts = {segment.language: segment.text, other(segment.language): segment.target.text}
    text = texts[source]
    assert text is not None  # else it stands among those that aren't carried
    for element in unit.iter(_tag("source")):
        _write_locked(element, text, source)
    for element in unit.iter(_tag("target")):
        _append(element, texts[other(source)] or "")


def _write_locked(element: etree._Element, text: str, language: Language) -> None:
    """The text with each number in a mark that a translator's tool won't let change."""
    position = 0
    for count, number in enumerate(figures(text, language), start=1):
        _append(element, text[position : number.start])
        attributes = {"id": f"m{count}", "translate": "no", "type": "generic"}
        mark = etree.SubElement(element, _tag("mrk"), attributes)
        mark.text = text[number.start : number.end]
        position = number.end
    _append(element, text[position:])


def _append(element: etree._Element, text: str) -> None:
    """Add text at the end of an element, characters that XML can't hold as ``<cp hex="…"/>``."""
    position = 0
    for match in NOT_XML.finditer(text):
        _append_plain(element, text[position : match.start()])
        etree.SubElement(element, _tag("cp"), {"hex": f"{ord(match[0]):04X}"})
        position = match.end()
    _append_plain(element, text[position:])


def _append_plain(element: etree._Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
