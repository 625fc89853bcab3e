"""What a reviewer typed in a draft, as the edits that it comes to.

In: a brief and the states of its places (``corpus.store.Typed``). Out: ``Edit``s, as
``decisions`` and ``pipelines.review.edited`` take them. A place is a line in a language,
``s3/fr``, or what is said of a line, ``s3/note``, or of the whole draft, ``comment``.
"""

from __future__ import annotations

from collections.abc import Iterable

from corpus.document import LANGUAGES, Language
from corpus.store import Typed
from pipelines.brief import Brief, Edit, Segment
from pipelines.language.typography import one_line
from pipelines.render.layout import text_in

#: The place of what a reviewer says of the whole draft.
COMMENT = "comment"
#: Most characters that a place may hold.
LONGEST = 20_000


def place_of_line(segment: str, language: Language) -> str:
    """The place of a line in a language."""
    return f"{segment}/{language}"


def place_of_note(segment: str) -> str:
    """The place of what a reviewer says of a line."""
    return f"{segment}/note"


def places_of(brief: Brief) -> dict[str, str]:
    """Every place in which something may be typed, and what the draft has there."""
    found = {COMMENT: ""}
    for segment in brief.segments:
        if segment.evidence:
            found[place_of_note(segment.id)] = ""
            for code in LANGUAGES:
                found[place_of_line(segment.id, code)] = drafted(segment, code)
    return found


def is_line(place: str) -> bool:
    """Whether a place holds a line's words, not what is said of them."""
    return place.rpartition("/")[2] in LANGUAGES


def comment_typed(brief: Brief, typed: Iterable[Typed]) -> str:
    """What a reviewer says of the draft, then of its lines, each behind its mark."""
    said = {one.place: one.text.strip() for one in typed}
    notes = [(s.id, said.get(place_of_note(s.id), "")) for s in brief.segments]
    lines = [said.get(COMMENT, ""), *(f"{mark}: {note}" for mark, note in notes if note)]
    return "\n".join(filter(None, lines))


def drafted(segment: Segment, language: Language) -> str:
    """A line's words in the draft, as they stand to be edited."""
    return one_line(text_in(segment, language) or "")


def edits_typed(brief: Brief, typed: Iterable[Typed], carried: Iterable[Edit] = ()) -> list[Edit]:
    """What was changed: by an earlier decision (``carried``), and by what was typed since.

    A line that is left out has no words in the other language either.
    """
    chosen = {place_of_line(edit.segment, edit.language): edit for edit in carried}
    for one in typed:
        mark, _, language = one.place.partition("/")
        for code in LANGUAGES:
            if code == language:
                chosen[one.place] = Edit(mark, code, one.text, one.overruled, one.confirmed)
    found = []
    for segment in brief.segments:
        if not segment.evidence:
            continue
        own = chosen.get(place_of_line(segment.id, segment.language))
        out = own is not None and not one_line(own.text)
        for code in (segment.language, segment.target.language):
            edit = chosen.get(place_of_line(segment.id, code))
            if edit is None or one_line(edit.text) == drafted(segment, code):
                continue
            if not out or code == segment.language:
                found.append(edit)
    return found
