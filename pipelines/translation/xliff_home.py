"""A translator's XLIFF file as units: 2.0 to 2.2 and 1.0 to 1.2, as translation tools leave it.

In: a file's root element (``translators_files``). Out: one ``Returned`` for each ``<file>`` in
it. Read is whatever tools do to a file that is still the same file: other prefixes or none,
elements and attributes of their own, units in another order, CDATA, a unit cut into segments and
these in another order, our marks as tags of their own (``g``, ``x``, ``ph``, ``pc``, ``sc``,
``bpt``…). Text in inline elements that hold a tool's native code is no text, unless they say what
they stand for.

Raised is one ``UnreadableError`` for what is no translation of a brief.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest

from lxml import etree

from corpus.errors import UnreadableError
from pipelines.translation.returned import Returned, ReturnedUnit

#: More units than any brief has.
MAX_UNITS = 20_000
#: Namespaces of the core; tools that drop it altogether are read as well.
_CORE = re.compile(r"(?:urn:oasis:names:tc:xliff:document:[12]\.\d)?")
#: Inline elements of 1.2 whose content is a tool's own code, and attributes that tell their text.
_CODE_1 = ("ph", "it", "bpt", "ept", "x", "bx", "ex")
_CODE_2 = ("ph", "sc", "ec", "sm", "em")
_SAYS = ("equiv-text", "equiv", "disp")
#: What our notes are called.
_OURS = (
    "brief", "check", "evidence", "not_carried", "number", "section", "sha256", "source_sha256",
    "term", "title",
)  # fmt: skip
#: How Trados and memoQ say, in attributes of their own, how far a unit is.
_TOOL_STATES = {
    "Draft": "needs-translation",
    "RejectedTranslation": "needs-translation",
    "RejectedSignOff": "needs-translation",
    "NotStarted": "needs-translation",
    "PartiallyEdited": "needs-translation",
    "Pretranslated": "needs-translation",
    "Rejected": "needs-translation",
}


def read(root: etree._Element, name: str) -> list[Returned]:
    """The briefs of a file, from its root element. Raises ``UnreadableError``."""
    version = root.get("version", "")
    if not re.fullmatch(r"[12]\.\d", version):
        told = f"version {version[:20]}" if version else "no version"
        raise UnreadableError(f"{name}: XLIFF of {told}; save it as 2.1 or 1.2")
    files = _children(root, "file")
    if not files:
        raise UnreadableError(f"{name}: has no <file> inside; it may be cut short, send it again")
    reader = _read_2 if version.startswith("2") else _read_1
    found = [reader(file, root, name) for file in files]
    if sum(len(one.units) for one in found) > MAX_UNITS:
        raise UnreadableError(f"{name}: more than {MAX_UNITS} units; no brief has so many")
    if not any(one.units for one in found):
        raise UnreadableError(f"{name}: has no units inside; it may be cut short, send it again")
    return [one for one in found if one.units]


def is_xliff(root: etree._Element) -> bool:
    """Whether a root element is XLIFF's."""
    return _name(root) == "xliff"


def _name(element: etree._Element) -> str:
    """An element's name where it is XLIFF's own; empty for a tool's, a comment and the like."""
    if not isinstance(element.tag, str):
        return ""
    found = etree.QName(element)
    return found.localname if _CORE.fullmatch(found.namespace or "") else ""


def _children(element: etree._Element, *names: str) -> list[etree._Element]:
    return [child for child in element if _name(child) in names]


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next(iter(_children(element, name)), None)


def _descendants(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (one for one in element.iter(etree.Element) if _name(one) == name)


# -- what both versions say ----------------------------------------------------------------------


def _brief_id(file: etree._Element, notes: Mapping[str, list[str]]) -> str:
    """The brief that a file is of: by its note, or by the file's own names."""
    if told := notes.get("brief"):
        return told[0]
    original = file.get("original", "")
    if original.endswith(".json"):
        return original.removesuffix(".json")
    return file.get("id", "")


def _notes(elements: list[etree._Element], category: str) -> dict[str, list[str]]:
    """Notes by category; those without one under the empty name."""
    found: dict[str, list[str]] = {}
    for note in elements:
        text = " ".join("".join(map(str, note.itertext())).split())
        found.setdefault(note.get(category, ""), []).append(text)
    return found


def _fingerprint(notes: Mapping[str, list[str]]) -> str:
    """What our note says of the source; some tools keep a note's text and drop what it is."""
    unnamed = [text for text in notes.get("", []) if re.fullmatch(r"[0-9a-f]{16}", text)]
    return next(iter([*notes.get("source_sha256", []), *unnamed]), "")


def _remarks(notes: Mapping[str, list[str]]) -> tuple[str, ...]:
    if "source_sha256" not in notes:
        return ()  # which of them are ours can't be told
    return tuple(text for kind, texts in notes.items() if kind not in _OURS for text in texts)


# -- 2.x -----------------------------------------------------------------------------------------


def _read_2(file: etree._Element, root: etree._Element, name: str) -> Returned:
    notes = _notes([n for one in _children(file, "notes") for n in one], "category")
    return Returned(
        name,
        _brief_id(file, notes),
        root.get("srcLang", ""),
        root.get("trgLang", ""),
        root.get("version", ""),
        tuple(_unit_2(unit) for unit in _descendants(file, "unit")),
    )


def _unit_2(unit: etree._Element) -> ReturnedUnit:
    notes = _notes([n for one in _children(unit, "notes") for n in one], "category")
    data = {
        item.get("id", ""): "".join(map(str, item.itertext()))
        for group in _children(unit, "originalData")
        for item in _children(group, "data")
    }
    pieces = _children(unit, "segment", "ignorable")
    segments = [piece for piece in pieces if _name(piece) == "segment"]
    done = [piece for piece in segments if _filled(_child(piece, "target"), data)]
    sources = [_text_2(_child(piece, "source"), data) for piece in pieces]
    states = {piece.get("state", "initial") for piece in done}
    return ReturnedUnit(
        unit.get("id", ""),
        "".join(sources),
        _target_2(pieces, data) if done else "",
        "initial" if "initial" in states else next(iter(sorted(states)), ""),
        _fingerprint(notes),
        len(segments),
        len(done),
        _remarks(notes),
    )


def _filled(target: etree._Element | None, data: Mapping[str, str]) -> bool:
    return bool(_text_2(target, data).strip())


def _target_2(pieces: list[etree._Element], data: Mapping[str, str]) -> str:
    """The targets put together in the order that the translator gave them (4.3.1.21)."""
    placed: list[tuple[int, str]] = []
    for number, piece in enumerate(pieces, start=1):
        target = _child(piece, "target")
        told = target.get("order", "") if target is not None else ""
        text = _text_2(target, data)
        if target is None and _name(piece) == "ignorable":
            text = _text_2(_child(piece, "source"), data)
        placed.append((int(told) if told.isdecimal() and len(told) < 9 else number, text))
    return _joined([text for _, text in sorted(placed, key=lambda one: one[0])])


def _text_2(element: etree._Element | None, data: Mapping[str, str]) -> str:
    if element is None:
        return ""
    parts = [element.text or ""]
    for child in element:
        kind = _name(child)
        if kind == "cp":
            parts.append(_character(child.get("hex", "")))
        elif kind in _CODE_2:
            parts.append(_told(child) or data.get(child.get("dataRef", ""), ""))
        elif isinstance(child.tag, str):
            parts.append(_text_2(child, data))
        parts.append(child.tail or "")
    return "".join(parts)


def _character(written: str) -> str:
    if not re.fullmatch(r"[0-9A-Fa-f]{1,6}", written) or int(written, 16) > 0x10FFFF:
        return ""
    return chr(int(written, 16))


def _told(element: etree._Element) -> str:
    return next((element.get(name, "") for name in _SAYS if element.get(name)), "")


# -- 1.x -----------------------------------------------------------------------------------------


def _read_1(file: etree._Element, root: etree._Element, name: str) -> Returned:
    header = _child(file, "header")
    notes = _notes(_children(header, "note") if header is not None else [], "from")
    return Returned(
        name,
        _brief_id(file, notes),
        file.get("source-language", ""),
        file.get("target-language", ""),
        root.get("version", ""),
        tuple(_unit_1(unit) for unit in _descendants(file, "trans-unit")),
    )


def _unit_1(unit: etree._Element) -> ReturnedUnit:
    notes = _notes(_children(unit, "note"), "from")
    target = _child(unit, "target")
    text = _target_1(target)
    segments = _segments_1(target)
    parts = max(len(segments), len(_segments_1(_child(unit, "seg-source"))), 1)
    whole = parts if text.strip() else 0  # in one piece, whatever the source is cut into
    return ReturnedUnit(
        unit.get("id", ""),
        _text_1(_child(unit, "source")),
        text,
        _state_1(unit, target),
        _fingerprint(notes),
        parts,
        sum(bool(_text_1(one).strip()) for one in segments) if segments else whole,
        _remarks(notes),
    )


def _segments_1(element: etree._Element | None) -> list[etree._Element]:
    """The segments that a tool has marked in a unit."""
    if element is None:
        return []
    return [one for one in _descendants(element, "mrk") if one.get("mtype") == "seg"]


def _target_1(target: etree._Element | None) -> str:
    segments = _segments_1(target)
    if target is None or len(segments) < 2:
        return _text_1(target)
    around = [target.text or "", *(one.tail or "" for one in segments)]
    texts = [_text_1(one) for one in segments]
    pieces = [piece for pair in zip_longest(around, texts, fillvalue="") for piece in pair]
    return _joined(pieces)


def _text_1(element: etree._Element | None) -> str:
    if element is None:
        return ""
    parts = [element.text or ""]
    for child in element:
        kind = _name(child)
        if kind in _CODE_1:
            parts.append(_told(child) or _subflows(child))
        elif isinstance(child.tag, str):
            parts.append(_text_1(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _subflows(element: etree._Element) -> str:
    """Text inside a tool's code that is text all the same."""
    return "".join(_text_1(sub) for sub in _descendants(element, "sub"))


def _state_1(unit: etree._Element, target: etree._Element | None) -> str:
    """The state of a unit: the target's, or what Trados or memoQ say in their own words."""
    for element in unit.iter(etree.Element):
        for key, value in element.attrib.items():
            if etree.QName(key).localname in ("conf", "status") and value in _TOOL_STATES:
                return _TOOL_STATES[value]
    return target.get("state", "") if target is not None else ""


def _joined(pieces: list[str]) -> str:
    """Segments as one text: a space between two sentences where a tool has left none."""
    told = ""
    for piece in pieces:
        if told and piece and re.search(r"[.!?…»”]$", told) and re.match(r"[^\W_]|[«“]", piece):
            told += " "
        told += piece
    return told
