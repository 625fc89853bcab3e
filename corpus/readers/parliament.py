"""What parliaments publish of their sittings: Hansard's XML, and TEI with ``<u who>`` (ParlaMint).

In: the XML of a sitting. Out: an ``exchange``, one turn an intervention, under its subject as
section. Times of day become seconds from the first one. A turn is marked with the language of the
floor where it was translated: its words are those that the file has.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.document import Document, Passage, normalize
from corpus.errors import UnreadableError
from corpus.readers.bind import bind, iso_date
from corpus.readers.jats_xml import Element, parse_tree

_XML = "{http://www.w3.org/XML/1998/namespace}"


def read_hansard(content: bytes, name: str) -> Document:
    """Read a sitting of Hansard's XML. Raises ``UnreadableError``."""
    root = parse_tree(content, name)
    passages = list(_hansard(root))
    if not any(passage.kind == "turn" for passage in passages):
        raise UnreadableError(f"{name}: Hansard without an intervention; give the whole sitting")
    return bind(passages, content, name, "exchange", language=root.get(f"{_XML}lang"))


def _hansard(root: Element) -> Iterator[Passage]:
    section: str | None = None
    first: float | None = None
    now: float | None = None
    for item in root.iter("ExtractedItem"):
        if item.get("Name") == "MetaTitle" and _text(item):
            yield Passage(_text(item), "title")
            break
    for element in root.iter():
        if element.tag == "Timestamp":
            clock = _clock(element)
            first = clock if first is None else first
            now = clock - first if clock is not None and first is not None else now
        elif element.tag in _SUBJECTS and _text(element):
            section = _text(element)
            yield Passage(section, "heading")
        elif element.tag == "Intervention":
            yield from _intervention(element, section, now)


_SUBJECTS = frozenset({"SubjectOfBusinessTitle", "OrderOfBusinessTitle"})


def _clock(element: Element) -> float | None:
    hour, minute = element.get("Hr", ""), element.get("Mn", "0")
    return int(hour) * 3600.0 + int(minute) * 60 if (hour + minute).isdecimal() else None


def _intervention(element: Element, section: str | None, time: float | None) -> Iterator[Passage]:
    speaker = next((_text(one) for one in element.iter("PersonSpeaking") if _text(one)), None)
    said = [_text(part) for part in element.iter("ParaText")]
    text = normalize(" ".join(said)) or _text(element.find("Content"))
    if text:
        named = (speaker or "").rstrip(" :") or None
        yield Passage(text, "turn", section, speaker=named, timecode=time)


def read_parlamint(content: bytes, name: str) -> Document:
    """Read a TEI transcription whose utterances are ``<u>``. Raises ``UnreadableError``."""
    root = parse_tree(content, name)
    people = {
        f"#{person.get(f'{_XML}id')}": _name(person)
        for person in _all(root, "person")
        if person.get(f"{_XML}id")
    }
    passages: list[Passage] = []
    title = next((_text(one) for one in _all(root, "title") if _text(one)), "")
    if title:
        passages.append(Passage(title, "title"))
    section: str | None = None
    for element in root.iter():
        tag = _local(element)
        if tag == "head" and _text(element):
            section = _text(element)
            passages.append(Passage(section, "heading"))
        elif tag == "u":
            who = (element.get("who") or "").split(" ")[0]
            speaker = people.get(who) or who.removeprefix("#") or None
            text = _spoken(element)
            if text:
                passages.append(Passage(text, "turn", section, speaker=speaker))
    if not any(passage.kind == "turn" for passage in passages):
        raise UnreadableError(f"{name}: TEI without an utterance; give the whole transcription")
    date = next((one.get("when") or _text(one) for one in _all(root, "date")), None)
    stated = next(
        (lang for one in (root, *_all(root, "text")) if (lang := one.get(f"{_XML}lang"))), None
    )
    return bind(passages, content, name, "exchange", language=stated, published=iso_date(date))


def has_utterances(content: bytes) -> bool:
    """Whether TEI holds utterances: ``<u who="…">``."""
    return b"<u " in content and b"who=" in content


def _all(root: Element, tag: str) -> Iterator[Element]:
    return (one for one in root.iter() if _local(one) == tag)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _name(person: Element) -> str:
    named = next(_all(person, "persName"), None)
    return "" if named is None else normalize(" ".join(str(part) for part in named.itertext()))


def _spoken(element: Element) -> str:
    """What is said in an utterance, without notes and incidents."""
    aside = {"note", "vocal", "kinesic", "incident", "gap", "desc"}
    parts: list[str] = []

    def walk(one: Element) -> None:
        if _local(one) not in aside and isinstance(one.tag, str):
            parts.append(one.text or "")
            for child in one:
                walk(child)
        if one is not element:
            parts.append(one.tail or "")

    walk(element)
    return normalize(" ".join(parts))


def _text(element: Element | None) -> str:
    return "" if element is None else normalize("".join(map(str, element.itertext())))
