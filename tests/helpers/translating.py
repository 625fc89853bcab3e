"""A translator at work: what their tools do to a file, and their words in it."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

TWO = "urn:oasis:names:tc:xliff:document:2.0"
ONE = "urn:oasis:names:tc:xliff:document:1.2"


def tree(content: str | bytes) -> etree._Element:
    """A file's root element."""
    return etree.fromstring(content.encode() if isinstance(content, str) else content)


def units(root: etree._Element) -> dict[str, etree._Element]:
    """The units of a file by their ids."""
    found = root.iter(f"{{{TWO}}}unit", f"{{{ONE}}}trans-unit")
    return {one.get("id", ""): one for one in found}


def translated(content: str | bytes, words: Mapping[str, str], state: str = "translated") -> bytes:
    """The file with a translator's words in the targets of these units."""
    root = tree(content)
    for id, text in words.items():
        write(units(root)[id], text, state)
    return saved(root)


def write(unit: etree._Element, text: str, state: str = "translated") -> None:
    """Write the target of a unit, as any tool does."""
    space = etree.QName(unit).namespace
    holder = unit.find(f"{{{space}}}segment") if space == TWO else unit
    assert holder is not None
    target = holder.find(f"{{{space}}}target")
    if target is None:
        source = holder.find(f"{{{space}}}source")
        assert source is not None
        target = etree.Element(f"{{{space}}}target")
        source.addnext(target)
    for child in list(target):
        target.remove(child)
    target.text = text
    (holder if space == TWO else target).set("state", state)


def saved(root: etree._Element, encoding: str = "UTF-8") -> bytes:
    """The file as bytes."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding=encoding))  # type: ignore[arg-type]
