"""What ``xliff_units`` says of a brief, in the elements of XLIFF 1.2.

Version 1.2 has no element for characters that XML can't hold: each becomes U+FFFD. Its notes name
their category as whom they are from.

Standard: XLIFF Version 1.2, OASIS Standard, 1 February 2008
(http://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html).
"""

from __future__ import annotations

from lxml import etree

from pipelines.language.typography import one_line
from pipelines.render.layout import NOT_XML, xml_text
from pipelines.render.xliff_units import Outgoing, Unit

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
#: Our states, which are those of 2.1, in the words of 1.2 (2.3.1.17).
_STATES = {
    "initial": "needs-review-translation",
    "translated": "translated",
    "reviewed": "signed-off",
    "final": "final",
}
_SPACE = {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def root(going: Outgoing) -> etree._Element:
    """The ``<xliff>`` element of a brief."""
    top = etree.Element(_tag("xliff"), nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    top.set("version", "1.2")
    attributes = {
        "original": f"{xml_text(going.brief.id)}.json",
        "datatype": "plaintext",
        "source-language": str(going.source),
        "target-language": str(going.target),
    }
    file = etree.SubElement(top, _tag("file"), attributes)
    _header(file, going)
    body = etree.SubElement(file, _tag("body"))
    filled = []
    for section, heading, units in going.groups:
        named = {"id": str(section), "resname": str(section), "restype": "x-section"}
        group = etree.SubElement(body, _tag("group"), named)
        _note(group, "section", heading)
        filled += [(_unit(group, unit, going), unit) for unit in units]
    etree.indent(top)  # before the texts, which must stay to the letter
    for element, unit in filled:
        _fill(element, unit)
    return top


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _header(file: etree._Element, going: Outgoing) -> None:
    header = etree.SubElement(file, _tag("header"))
    _note(header, "brief", going.brief.id)
    for document in going.brief.documents:
        _note(header, "sha256", document.sha256)
        if document.title:
            _note(header, "title", document.title)
    for left_out in going.alone:
        _note(header, "not_carried", f"{left_out}: {going.target}")


def _note(element: etree._Element, category: str, text: str) -> None:
    note = etree.SubElement(element, _tag("note"), {"from": category})
    note.text = xml_text(text)


def _unit(group: etree._Element, unit: Unit, going: Outgoing) -> etree._Element:
    attributes = {"id": unit.id, "resname": str(unit.section)}
    if unit.most:
        attributes |= {"maxwidth": str(unit.most), "size-unit": "char"}
    if unit.state == "final":
        attributes["approved"] = "yes"
    element = etree.SubElement(group, _tag("trans-unit"), attributes)
    etree.SubElement(element, _tag("source"), {_LANGUAGE: str(going.source), **_SPACE})
    if unit.target is not None:
        state = {"state": _STATES[unit.state], _LANGUAGE: str(going.target), **_SPACE}
        etree.SubElement(element, _tag("target"), state)
    for category, text in unit.notes:
        _note(element, category, text)
    for match in unit.matches:
        about = {"origin": one_line(match.origin)}
        if match.kind == "tm":
            about["match-quality"] = f"{match.score}%"
        other = etree.SubElement(element, _tag("alt-trans"), about)
        etree.SubElement(other, _tag("source"), {_LANGUAGE: str(going.source), **_SPACE})
        etree.SubElement(other, _tag("target"), {_LANGUAGE: str(going.target), **_SPACE})
    return element


def _fill(element: etree._Element, unit: Unit) -> None:
    source, target = element.find(_tag("source")), element.find(_tag("target"))
    assert source is not None
    _write_marked(source, unit)
    if target is not None:
        target.text = _xml(unit.target or "")
    for other, match in zip(element.findall(_tag("alt-trans")), unit.matches, strict=True):
        other[0].text, other[1].text = _xml(match.source), _xml(match.target)


def _write_marked(element: etree._Element, unit: Unit) -> None:
    position = 0
    mark: etree._Element | None = None
    for count, one in enumerate(unit.stretches, start=1):
        _append(element, mark, unit.source[position : one.start])
        kind = "protected" if one.locked else "term"
        mark = etree.SubElement(element, _tag("mrk"), {"mtype": kind, "mid": f"m{count}"})
        if not one.locked:
            mark.set("comment", xml_text(one.target))
        mark.text = _xml(unit.source[one.start : one.end])
        position = one.end
    _append(element, mark, unit.source[position:])


def _append(element: etree._Element, last: etree._Element | None, text: str) -> None:
    if last is None:
        element.text = (element.text or "") + _xml(text)
    else:
        last.tail = (last.tail or "") + _xml(text)


def _xml(text: str) -> str:
    return NOT_XML.sub("\ufffd", text)
