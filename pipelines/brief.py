"""What goes out: the brief, its segments, their evidence, the checks and a person's review.

The values here are the contract with other programs: ``to_json`` writes exactly the fields of
schema ``passerelle/brief/1``, in their fixed order, and ``from_json`` reads any brief of that
schema, also one that another tool wrote, refusing what doesn't follow it with the place and the
reason. No logic lives here.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, get_args

from corpus.document import Kind, Language
from corpus.errors import SchemaError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

SCHEMA: Literal["passerelle/brief/1"] = "passerelle/brief/1"

Audience = Literal["elected", "staff", "practitioner", "public"]
AUDIENCES: tuple[Audience, ...] = ("elected", "staff", "practitioner", "public")
Status = Literal["draft", "approved", "revise", "rejected", "published", "unpublished"]
Strength = Literal["none", "correlational", "conditional", "causal"]
STRENGTHS: tuple[Strength, ...] = ("none", "correlational", "conditional", "causal")
"""Claim strength, weakest first (Yu, Wang, Guo & Li 2020)."""
Certainty = Literal["high", "moderate", "low", "very_low"]
Verdict = Literal["kept", "unsure", "refused"]
"""What verification says of a line: it means what its evidence means; nothing decides whether it
does; a rule names a difference."""
Role = Literal[
    "background",
    "objective",
    "method",
    "result",
    "conclusion",
    "limitation",
    "implication",
    "other",
]
PointKind = Literal[
    "question",
    "commitment",
    "decision",
    "innovation",
    "barrier",
    "enabler",
    "evidence",
    "recommendation",
]
POINT_KINDS: tuple[PointKind, ...] = get_args(PointKind)
SpeakerRole = Literal[
    "researcher", "elected", "staff", "practitioner", "civil_society", "facilitator", "unknown"
]
Section = Literal[
    "bottom_line",
    "context",
    "findings",
    "certainty",
    "implications",
    "limits",
    "applies_to",
    "terms",
    "questions",
    "commitments",
    "decisions",
    "innovations",
    "barriers",
    "enablers",
    "evidence",
    "recommendations",
    "sources",
]
PAPER_SECTIONS: tuple[Section, ...] = (
    "bottom_line",
    "context",
    "findings",
    "certainty",
    "implications",
    "limits",
    "applies_to",
    "terms",
    "sources",
)
EXCHANGE_SECTIONS: tuple[Section, ...] = (
    "bottom_line",
    "questions",
    "commitments",
    "decisions",
    "innovations",
    "barriers",
    "enablers",
    "evidence",
    "recommendations",
    "sources",
)
#: States of XLIFF 2.1, section 4.3.1.27.
TargetState = Literal["initial", "translated", "reviewed", "final"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document, as ``reading`` understood it."""

    start: int
    """Code points into ``Document.text``."""
    end: int
    block: int
    """Index into ``Document.blocks``."""
    role: Role


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence of a paper that is worth telling, and what it holds."""

    sentence: int
    """Index into the reading's sentences."""
    start: int
    end: int
    role: Role
    certainty: Certainty | None
    numbers: tuple[str, ...]
    places: bool
    """Whether it says where."""
    population: bool
    """Whether it says who or what was studied."""
    salience: float


@dataclass(frozen=True, slots=True)
class Point:
    """What an exchange yields: a question asked, a commitment made, a barrier named…"""

    sentence: int
    start: int
    end: int
    kind: PointKind
    speaker_role: SpeakerRole
    timecode: float | None
    salience: float
    """How much it is worth telling."""
    outcome: float = 0.0
    """How likely it is what the exchange came to: 0 to 1."""
    answer: tuple[int, int] | None = None
    """Where a question is answered: what somebody else says soon after it, in code points."""
    before: tuple[int, int] | None = None
    """The sentence that its speaker said before it, where it leans on that: told with it."""
    after: tuple[int, int] | None = None
    """What its speaker said at once to hold it back ("I wouldn't swear to it"): told with it."""
    understood: float = 1.0
    """How likely somebody who wasn't there understands it, told so: 0 to 1."""

    @property
    def span(self) -> tuple[int, int]:
        """From where to where its speaker is told: with what stands before it and behind it."""
        first, last = self.before or (self.start, self.end), self.after or (self.start, self.end)
        return first[0], last[1]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span of a document that a segment rests on, with its quote to the letter."""

    document: str
    start: int
    """Code points into ``Document.text``."""
    end: int
    quote: str
    page: int | None = None
    timecode: float | None = None
    """Seconds from the start of the recording."""
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """The same segment in the other language."""

    language: Language
    text: str | None = None
    state: TargetState = "initial"
    origin: str | None = None
    """Who made it: ``template``, ``source`` (unchanged, as a citation is), ``composed`` (of parts
    of the evidence, in fixed form), ``reviewer``, ``translator``…; ``memory:87`` (87 % alike) and
    ``machine`` are suggestions while it is ``initial``."""

    @property
    def suggested(self) -> bool:
        """Whether it is only on offer: from the translation memory or a machine, nobody's yet."""
        made = (self.origin or "").partition(":")[0] in ("memory", "machine")
        return self.text is not None and self.state == "initial" and made

    @property
    def known(self) -> bool:
        """Whether it is nobody's translation, but follows from the statement or the evidence."""
        return self.origin in ("template", "source", "composed")


@dataclass(frozen=True, slots=True)
class Overruled:
    """That a person let a line stand which a check refuses."""

    by: str
    reason: str
    """Why, in their words."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence or line of a brief."""

    id: str
    section: Section
    text: str
    language: Language
    target: Target
    strength: Strength = "none"
    certainty: Certainty | None = None
    evidence: tuple[Evidence, ...] = ()
    steps: tuple[str, ...] = ()
    """Names of the rewriting steps that made ``text`` from its evidence, in order; ``edited`` where
    a person worded it."""
    origin: Literal["template", "source"] = "source"
    verdict: Verdict = "kept"
    """What verification says of it; ``kept`` where it hasn't been asked yet."""
    reasons: tuple[str, ...] = ()
    """Why it isn't ``kept``, the words on both sides named."""
    overruled: Overruled | None = None
    """Where a person let it stand although a check refuses it."""
    confirmed: str = ""
    """Who let it stand where no check can decide whether it means what its evidence means."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that a check found wrong."""

    segment: str
    """Id of the segment."""
    reason: str
    """Which words, against which evidence, and what to do."""
    verdict: Literal["unsure", "refused"] = "refused"


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of one rule of verification over a whole brief."""

    name: str
    passed: bool
    """Whether it leaves every line kept."""
    failures: tuple[Failure, ...] = ()

    @property
    def refuses(self) -> bool:
        """Whether it names a difference in some line, or only leaves some undecided."""
        return any(failure.verdict == "refused" for failure in self.failures)


@dataclass(frozen=True, slots=True)
class BriefDocument:
    """A document that the brief is about, as the brief names it."""

    id: str
    kind: Kind
    language: Language
    title: str | None
    source: str
    sha256: str


#: School years: the target of the Canada.ca Content Style Guide for the public, which rewriting
#: works towards and a brief is shown against.
TARGET_GRADE = 8.0


@dataclass(frozen=True, slots=True)
class SentenceGrade:
    """How hard a segment is to read, beside the sentences that it was made from."""

    segment: str
    """Id of the segment."""
    before: float
    """Grade of its evidence on the common scale, in school years."""
    after: float
    """Grade of its own words."""
    reasons: tuple[str, ...] = ()
    """What still stands in the way, most weighty first: keys of ``difficulty.toml``."""


@dataclass(frozen=True, slots=True)
class ReadabilityPair:
    """Scores by formula of the source and of the draft made from it, and by segment."""

    source: dict[str, float] = field(default_factory=dict)
    draft: dict[str, float] = field(default_factory=dict)
    sentences: tuple[SentenceGrade, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """The one-page summary."""

    id: str
    language: Language
    audience: Audience
    documents: tuple[BriefDocument, ...]
    segments: tuple[Segment, ...]
    readability: ReadabilityPair
    checks: tuple[Check, ...] = ()
    status: Status = "draft"

    @property
    def sections(self) -> tuple[Section, ...]:
        """The brief's sections in order: an exchange's or a paper's."""
        exchange = bool(self.documents) and self.documents[0].kind == "exchange"
        return EXCHANGE_SECTIONS if exchange else PAPER_SECTIONS

    @property
    def passed(self) -> bool:
        """Whether every check passed."""
        return all(check.passed for check in self.checks)


@dataclass(frozen=True, slots=True)
class Edit:
    """A person's words for one segment in one language."""

    segment: str
    """Id of the segment."""
    language: Language
    text: str
    """On one line. Empty in the segment's own language: leave the segment out; in the other: still
    to translate."""
    overruled: str = ""
    """Why the words stand although a check refuses them; empty where nobody overruled one."""
    confirmed: bool = False
    """Whether a person said that the words stand where no check can decide."""
    origin: str = ""
    """Who made a translation, where it wasn't the reviewer: ``translator``."""


@dataclass(frozen=True, slots=True)
class Review:
    """A person's decision on a draft."""

    decision: Literal["approve", "revise", "reject", "unpublish"]
    reviewer: str
    edits: tuple[Edit, ...]
    comment: str
    at: str
    """ISO 8601 with offset."""
    languages: tuple[Language, ...] = ()
    """The languages in which an approval holds; both for a bilingual one."""


_SEGMENT_ORDER = (
    "id",
    "section",
    "text",
    "language",
    "strength",
    "certainty",
    "evidence",
    "steps",
    "target",
    "verdict",
    "reasons",
)


def _segment_value(segment: Segment) -> dict[str, Any]:
    fields = asdict(segment)
    value = {name: fields[name] for name in _SEGMENT_ORDER}
    if segment.origin == "template":
        value["origin"] = "template"
    if segment.overruled is not None:
        value["overruled"] = fields["overruled"]
    if segment.confirmed:
        value["confirmed"] = segment.confirmed
    return value


def to_value(brief: Brief) -> dict[str, Any]:
    """The brief as plain lists and dictionaries, in the contract's field order."""
    return {
        "schema": SCHEMA,
        "id": brief.id,
        "language": brief.language,
        "audience": brief.audience,
        "status": brief.status,
        "documents": [asdict(document) for document in brief.documents],
        "segments": [_segment_value(segment) for segment in brief.segments],
        "readability": asdict(brief.readability),
        "checks": [asdict(check) for check in brief.checks],
    }


def to_json(brief: Brief) -> str:
    """The brief as indented UTF-8 JSON with a final newline; the same brief gives the same text."""
    return json.dumps(to_value(brief), ensure_ascii=False, indent=1) + "\n"


@cache
def _adapter() -> TypeAdapter[Brief]:
    from pydantic import TypeAdapter  # heavy; only needed to check what others wrote

    return TypeAdapter(Brief)


def from_json(text: str | bytes, name: str = "brief") -> Brief:
    """Read a brief of this schema; ``name`` is what the error calls the file.

    Raises ``SchemaError`` naming the first fields that don't follow the schema.
    """
    from pydantic import ValidationError

    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SchemaError(f"{name}: not JSON ({error}); give the brief's .json file") from error
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        raise SchemaError(f'{name}: not a brief; its "schema" must be "{SCHEMA}"')
    value = {key: item for key, item in value.items() if key != "schema"}
    try:
        return _adapter().validate_python(value, strict=False)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise SchemaError(f"{name}: field {place}: {first['msg']}") from error
