"""What a person asked of the next draft of a brief: whom it is for, how long, what in, what out.

In: spans of the document, however they were told (``review.comments`` reads them from a comment).
Out: ``Instructions``, with their JSON. Carrying them out is left to ``plan`` and ``draft``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from corpus.errors import SchemaError
from pipelines.brief import Audience, Segment

Span = tuple[int, int]
"""Code points into ``Document.text``: start, and one past the end."""


@dataclass(frozen=True, slots=True)
class Instructions:
    """What a person asked of a draft; without any, it is made as always."""

    audience: Audience | None = None
    most_words: int | None = None
    """Of the whole brief, its fixed text included."""
    leave_out: tuple[Span, ...] = ()
    """What is not told, and is nobody's evidence."""
    bring_in: tuple[Span, ...] = ()
    """Findings or points of the document to tell first, each to the letter where one stands."""

    def leaves_out(self, start: int, end: int) -> bool:
        """Whether any of these characters is to be left out."""
        return any(start < last and first < end for first, last in self.leave_out)

    def refuses(self, segment: Segment) -> bool:
        """Whether a segment tells what is to be left out."""
        return any(self.leaves_out(item.start, item.end) for item in segment.evidence)

    def wants(self, segment: Segment) -> bool:
        """Whether a segment tells what is to be brought in."""
        return any(tells(segment, span) for span in self.bring_in)


#: Nothing asked: the draft is made as always.
NONE = Instructions()


def tells(segment: Segment, span: Span) -> bool:
    """Whether a segment tells a sentence, and not only an abbreviation that it writes out."""
    own = [(item.start, item.end) for item in segment.evidence]
    return segment.section != "terms" and (meets(span, own[:1]) or span in own)


def to_json(instructions: Instructions) -> str:
    """The instructions as one line; the same ones give the same text."""
    return json.dumps(asdict(instructions), separators=(",", ":"))


def from_json(text: str) -> Instructions:
    """Read what ``to_json`` wrote. Raises ``SchemaError``."""
    try:
        value = json.loads(text)
        leave_out, bring_in = (
            tuple((int(start), int(end)) for start, end in value[name])
            for name in ("leave_out", "bring_in")
        )
        return Instructions(value["audience"], value["most_words"], leave_out, bring_in)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SchemaError(f"instructions: not written by passerelle ({error})") from error


def merged(earlier: Instructions, later: Instructions) -> Instructions:
    """Both, for a draft that is made again a second time; where they differ the later one holds."""
    left_out = [span for span in earlier.leave_out if not meets(span, later.bring_in)]
    brought_in = [span for span in earlier.bring_in if not meets(span, later.leave_out)]
    return Instructions(
        later.audience or earlier.audience,
        later.most_words or earlier.most_words,
        tuple(sorted({*left_out, *later.leave_out})),
        tuple(dict.fromkeys([*brought_in, *later.bring_in])),
    )


def meets(span: Span, others: Sequence[Span]) -> bool:
    """Whether a span shares any character with one of the others."""
    return any(span[0] < end and start < span[1] for start, end in others)
