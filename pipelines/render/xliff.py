"""The brief as XLIFF, for a translator's own tool: 2.1, or 1.2 for tools that know no other.

What each unit says is decided in ``xliff_units``; here it is written in the elements of version
2.1: one unit a segment, one group a section. Numbers, links and codes are locked; terms are
marked, with a glossary; a match from the memory stands in the module for candidates, never in the
target. What comes back from a translator is read by ``pipelines.translation``, not here.

Standard: XLIFF Version 2.1, OASIS Standard, 13 February 2018
(http://docs.oasis-open.org/xliff/xliff-core/v2.1/os/xliff-core-v2.1-os.html).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from lxml import etree

from corpus.errors import PasserelleError
from pipelines.brief import Brief
from pipelines.language.typography import one_line
from pipelines.render import xliff12
from pipelines.render.layout import NOT_XML, xml_text
from pipelines.render.xliff_units import Match, Outgoing, Unit, outgoing

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
#: Modules of 2.1: translation candidates, glossary, size restriction.
MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
GLOSSARY = "urn:oasis:names:tc:xliff:glossary:2.0"
SIZE = "urn:oasis:names:tc:xliff:sizerestriction:2.0"
_SPACE = {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}

Version = Literal["2.1", "1.2"]


def render(
    brief: Brief,
    version: Version = "2.1",
    matches: Mapping[str, Sequence[Match]] | None = None,
    remarks: Mapping[str, Sequence[str]] | None = None,
    only: Collection[str] | None = None,
) -> str:
    """The brief as an XLIFF document with its XML declaration.

    ``matches`` are translations on offer, ``remarks`` what is wrong with one that came home, both
    by segment; with ``only``, the file holds these segments alone. Raises ``PasserelleError`` as
    ``xliff_units.outgoing`` does, and for a version that isn't written.
    """
    if version not in ("2.1", "1.2"):
        raise PasserelleError(f"XLIFF {version}: not written; choose 2.1 or 1.2")
    going = outgoing(brief, matches, remarks, only)
    root = _root(going) if version == "2.1" else xliff12.root(going)
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


def _tag(name: str, namespace: str = NAMESPACE) -> str:
    return f"{{{namespace}}}{name}"


def _root(going: Outgoing) -> etree._Element:
    root = etree.Element(_tag("xliff"), nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    root.attrib.update({"version": "2.1", "srcLang": going.source, "trgLang": going.target})
    file = _file(root, going)
    filled = []
    for section, heading, group_units in going.groups:
        # Some tools drop what the root declares: each element declares what it holds.
        names = {"id": str(section), "name": str(section)}
        spaces = {"slr": SIZE} if any(unit.most for unit in group_units) else None
        group = etree.SubElement(file, _tag("group"), names, spaces)
        _note(etree.SubElement(group, _tag("notes")), "section", heading)
        filled += [(_unit(group, unit), unit) for unit in group_units]
    etree.indent(root)  # before the texts, which must stay to the letter
    for element, unit in filled:
        _fill(element, unit)
    return root


def _file(root: etree._Element, going: Outgoing) -> etree._Element:
    brief = going.brief
    names = " ".join(xml_text(document.source) for document in brief.documents)
    id = brief.id if re.fullmatch(r"[\w.:-]+", brief.id, re.ASCII) else "brief"
    file = etree.SubElement(root, _tag("file"), {"id": id, "original": names or brief.id})
    if any(unit.most for _, _, units in going.groups for unit in units):
        _module(file, "profiles", "slr", SIZE).set("generalProfile", "xliff:codepoints")
    notes = etree.SubElement(file, _tag("notes"))
    _note(notes, "brief", brief.id)
    for document in brief.documents:
        _note(notes, "sha256", document.sha256)
        if document.title:
            _note(notes, "title", document.title)
    for left_out in going.alone:
        _note(notes, "not_carried", f"{left_out}: {going.target}")
    return file


def _module(element: etree._Element, name: str, prefix: str, namespace: str) -> etree._Element:
    """Add an element of a module, which declares its own prefix."""
    spaces = {prefix: namespace}
    return etree.SubElement(element, _tag(name, namespace), None, spaces)


def _note(notes: etree._Element, category: str, text: str) -> None:
    note = etree.SubElement(notes, _tag("note"), {"category": category})
    note.text = xml_text(text)


def _unit(group: etree._Element, unit: Unit) -> etree._Element:
    """Add a unit with its modules and notes and its still empty source and target."""
    attributes = {"id": unit.id, "name": str(unit.section), "canResegment": "no"}
    if unit.most:
        attributes[_tag("sizeRestriction", SIZE)] = str(unit.most)
    element = etree.SubElement(group, _tag("unit"), attributes)
    if unit.matches:
        _matches(element, unit)
    if terms := _terms(unit):
        _glossary(element, terms)
    notes = etree.SubElement(element, _tag("notes"))
    for category, text in unit.notes:
        _note(notes, category, text)
    body = etree.SubElement(element, _tag("segment"), {"state": unit.state})
    if unit.target is not None and unit.state == "initial":
        body.set("subState", "passerelle:look-again")
    etree.SubElement(body, _tag("source"), _SPACE)
    if unit.target is not None:
        etree.SubElement(body, _tag("target"), _SPACE)
    return element


def _matches(element: etree._Element, unit: Unit) -> None:
    module = _module(element, "matches", "mtc", MATCHES)
    for match in unit.matches:
        attributes = {"ref": "#whole", "type": match.kind, "origin": one_line(match.origin)}
        if match.kind == "tm":
            attributes["similarity"] = str(match.score)
        candidate = etree.SubElement(module, _tag("match", MATCHES), attributes)
        for side in ("source", "target"):
            etree.SubElement(candidate, _tag(side), _SPACE)


def _terms(unit: Unit) -> list[tuple[str, str, str]]:
    """Id of the mark, words and translation of each term or name that has one of its own."""
    return [
        (f"t{count}", unit.source[one.start : one.end], one.target)
        for count, one in enumerate(unit.stretches, start=1)
        if not one.locked
    ]


def _glossary(element: etree._Element, terms: Sequence[tuple[str, str, str]]) -> None:
    module = _module(element, "glossary", "gls", GLOSSARY)
    for id, words, translation in terms:
        entry = etree.SubElement(module, _tag("glossEntry", GLOSSARY), {"ref": f"#{id}"})
        etree.SubElement(entry, _tag("term", GLOSSARY)).text = xml_text(words)
        etree.SubElement(entry, _tag("translation", GLOSSARY)).text = xml_text(translation)


def _fill(element: etree._Element, unit: Unit) -> None:
    """Write the unit's texts, and those of its matches."""
    segment = element.find(_tag("segment"))
    assert segment is not None
    source, target = segment.find(_tag("source")), segment.find(_tag("target"))
    assert source is not None
    if unit.matches:
        source = etree.SubElement(source, _tag("mrk"), {"id": "whole", "type": "mtc:match"})
    _write_marked(source, unit)
    if target is not None:
        append(target, unit.target or "", NAMESPACE)
    for candidate, match in zip(element.iter(_tag("match", MATCHES)), unit.matches, strict=True):
        for side, text in zip(candidate, (match.source, match.target), strict=True):
            append(side, text, NAMESPACE)


def _write_marked(element: etree._Element, unit: Unit) -> None:
    """The source with each number, link and code in a mark that no tool lets change."""
    position, locked = 0, 0
    for count, one in enumerate(unit.stretches, start=1):
        append(element, unit.source[position : one.start], NAMESPACE)
        if one.locked:
            locked += 1
            attributes = {"id": f"m{locked}", "translate": "no", "type": "generic"}
        else:
            attributes = {"id": f"t{count}", "type": "term", "value": xml_text(one.target)}
        mark = etree.SubElement(element, _tag("mrk"), attributes)
        append(mark, unit.source[one.start : one.end], NAMESPACE)
        position = one.end
    append(element, unit.source[position:], NAMESPACE)


def append(element: etree._Element, text: str, namespace: str) -> None:
    """Add text at the end of an element, characters that XML can't hold as ``<cp hex="…"/>``."""
    position = 0
    for match in NOT_XML.finditer(text):
        _append_plain(element, text[position : match.start()])
        etree.SubElement(element, _tag("cp", namespace), {"hex": f"{ord(match[0]):04X}"})
        position = match.end()
    _append_plain(element, text[position:])


def _append_plain(element: etree._Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
