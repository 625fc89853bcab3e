"""What every format shows, in which order and under which label; how it looks is theirs.

In: a brief. Out: its non-empty sections in the contract's order, the text of each segment in
each language, places, and the fixed labels of ``labels.toml``. Nothing is escaped here:
each format escapes in its own way.
"""

from __future__ import annotations

import re

from corpus.document import Language, other
from pipelines.brief import (
    TARGET_GRADE,
    Brief,
    BriefDocument,
    Check,
    Evidence,
    Section,
    Segment,
    SentenceGrade,
)
from pipelines.language.context_note import without_note
from pipelines.language.lexicon import table
from pipelines.language.reasons import told
from pipelines.language.typography import (
    clock,
    format_number,
    localize_number,
    one_line,
)

#: Characters that XML 1.0 can't hold (production 2).
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


#: What a reader of an exchange's brief looks for first; the last two are a table of who, what, by
#: when, and at what time it was said.
LEDGER: tuple[Section, ...] = ("decisions", "commitments")
_FIRST: tuple[Section, ...] = ("bottom_line", *LEDGER)


def label(group: str, name: str, language: Language, **values: object) -> str:
    """The fixed label ``name`` of a group of ``labels.toml``, its {places} filled in."""
    return str(table("labels")[group][name][language]).format(**values)


def open_label(group: str, name: str, language: Language) -> str:
    """The label of a name that others may add to: a check, a formula, a rewriting step.

    A name without a label is shown as itself, with spaces for underscores.
    """
    entry = table("labels")[group].get(name)
    return str(entry[language]) if entry else one_line(name).replace("_", " ")


def sections(brief: Brief) -> list[tuple[Section, list[Segment]]]:
    """The brief's sections in the contract's order, those without segments left out.

    Of an exchange, what it came to stands before what was asked. Sections of the other kind of
    brief, which another tool may have used, come last.
    """
    first = _FIRST if kind(brief) == "exchange" else ()
    order = dict.fromkeys([*first, *brief.sections, *(one.section for one in brief.segments)])
    grouped = [
        (section, [segment for segment in brief.segments if segment.section == section])
        for section in order
    ]
    return [(section, segments) for section, segments in grouped if segments]


def languages(brief: Brief, only: Language | None = None) -> tuple[Language, ...]:
    """The languages that are shown: the brief's own first, or one alone where that is asked for."""
    return (only,) if only else (brief.language, other(brief.language))


def text_in(segment: Segment, language: Language) -> str | None:
    """The segment's text in a language; None where it is still to translate."""
    return segment.text if segment.language == language else segment.target.text


def alone_in(segment: Segment, language: Language) -> tuple[str, Language]:
    """What a brief in one language alone shows of a segment, and which language that is.

    What is still to translate stands in its own words, so that nothing is missing.
    """
    if segment.language == language or untranslated(segment):
        return segment.text, segment.language
    return segment.target.text or "", language


def who(segment: Segment, language: Language) -> str:
    """The role of who speaks in a line of an exchange, in a language; empty where none is named.

    With the letter that tells speakers of one role apart, and in the line's own language with the
    office that is told.
    """
    from pipelines.reading.speakers import office_in_label, role_in_label, role_labels  # heavy

    found = role_in_label(segment.text, segment.language)
    if found is None:
        return ""
    office = office_in_label(segment.text) if language == segment.language else ""
    return f"{role_labels(language)[found[0]]}{found[1]}{office and f' ({office})'}"


def by_when(segment: Segment) -> str:
    """A line's deadline, in the words of who set it; empty where it names none."""
    from models.point_features import deadline  # heavy, and most briefs have no such line
    from pipelines.reading.speakers import without_label

    said = without_note(without_label(segment.text, segment.language), segment.language)
    return deadline(said, segment.language) or ""


def kept(segment: Segment) -> tuple[str, ...]:
    """What a translation must keep: the segment's numbers as the target language writes them."""
    from pipelines.language.numbers import figures  # heavy, as all that parses is

    numbers = figures(segment.text, segment.language)
    written = (localize_number(number.text, segment.target.language) for number in numbers)
    return tuple(dict.fromkeys(written))


#: What is asked, promised, decided or advised claims no cause, whatever its words.
_ACTS: frozenset[Section] = frozenset(("questions", "commitments", "decisions", "recommendations"))


def assessed(segment: Segment) -> bool:
    """Whether strength and certainty say anything: a question or a reference claims nothing."""
    claims = segment.strength != "none" or segment.certainty is not None
    return claims and segment.section not in _ACTS


def check_label(brief: Brief, name: str, language: Language) -> str:
    """The label of a check, in the words for the brief's kind where there are such."""
    own = f"{name}_{kind(brief)}"
    return open_label("check", own if own in table("labels")["check"] else name, language)


def untranslated(segment: Segment) -> bool:
    """Whether a translator still has to write the segment's other language."""
    return segment.target.text is None or segment.target.state == "initial"


def named_in(segment: Segment, codes: tuple[Language, ...]) -> tuple[str, Language]:
    """The words by which a line is told from others, and their language: its own beside another."""
    return alone_in(segment, codes[0]) if len(codes) == 1 else (segment.text, segment.language)


def waits_for(brief: Brief, language: Language) -> bool:
    """Whether some line of the brief is still to translate into a language."""
    return any(alone_in(segment, language)[1] != language for segment in brief.segments)


def open_mark(segment: Segment, language: Language) -> str:
    """What is said of a line that is still to translate: also whose words are on offer."""
    if not segment.target.suggested:
        return label("text", "to_translate", language)
    made, _, score = (segment.target.origin or "").partition(":")
    if made == "memory":
        return label("text", "from_memory", language, score=score or "100")
    return label("text", "from_machine", language)


def kind(brief: Brief) -> str:
    """``paper`` or ``exchange``, after the first document."""
    return brief.documents[0].kind if brief.documents else "paper"


def title(document: BriefDocument) -> str:
    """A document's title on one line; its file name where it has none."""
    return one_line(document.title or "") or one_line(document.source)


def brief_title(brief: Brief) -> str:
    """The titles of the brief's documents, joined."""
    return " · ".join(title(document) for document in brief.documents) or one_line(brief.id)


def status(brief: Brief, language: Language) -> str:
    """What the brief is, in one line, with how many of its lines stand against a check.

    What was approved in its own language alone isn't in the other, where lines wait for theirs.
    """
    lacking = language != brief.language and any(map(untranslated, brief.segments))
    to_come = brief.status == "approved" and lacking
    parts = [
        label("text", "to_come", language) if to_come else label("status", brief.status, language)
    ]
    counts = {
        "overruled": sum(segment.overruled is not None for segment in brief.segments),
        "confirmed": sum(bool(segment.confirmed) for segment in brief.segments),
    }
    parts += [
        label("standing", f"{name}_{'one' if count == 1 else 'many'}", language, count=count)
        for name, count in counts.items()
        if count
    ]
    return ", ".join(parts)


def is_standing(brief: Brief) -> bool:
    """Whether a person let any line stand against a check."""
    return any(segment.overruled or segment.confirmed for segment in brief.segments)


def badge(segment: Segment, language: Language) -> str:
    """Who let a line stand against a check, and why; empty where nobody had to."""
    if segment.overruled is not None:
        by, why = one_line(segment.overruled.by), one_line(segment.overruled.reason)
        reasons = "; ".join(told(reason, language) for reason in segment.reasons)
        return label("standing", "overruled", language, by=by, why=why, reasons=one_line(reasons))
    if segment.confirmed:
        return label("standing", "confirmed", language, by=one_line(segment.confirmed))
    return ""


def audience(brief: Brief, language: Language) -> str:
    """Whom the brief is for, in one line."""
    name = label("audience", brief.audience, language)
    return label("text", "audience", language, audience=name)


def place(evidence: Evidence, language: Language) -> str:
    """Where a quote stands: page or timecode, then section as the document names it."""
    parts = dict.fromkeys((short_place(evidence, language), one_line(evidence.section or "")))
    return ", ".join(part for part in parts if part) or label("text", "no_place", language)


def short_place(evidence: Evidence, language: Language) -> str:
    """Page or timecode; the section where a document has neither; empty where it has none."""
    if evidence.page is not None:
        return label("text", "page", language, page=evidence.page)
    if evidence.timecode is not None:
        return clock(evidence.timecode)
    return one_line(evidence.section or "")


def translation_summary(brief: Brief, language: Language) -> str:
    """How much is still to translate, in one line."""
    count = sum(untranslated(segment) for segment in brief.segments)
    if not count:
        return label("text", "all_translated", language)
    return label("text", "to_translate_count", language, count=count, total=len(brief.segments))


def checks_summary(brief: Brief, language: Language) -> str:
    """How many checks passed, in one line."""
    if not brief.checks:
        return label("text", "no_checks", language)
    shown = shown_checks(brief)
    if not shown:
        return label("text", "nothing_checked", language)
    count = sum(check.passed for check in shown)
    return label("text", "checks_passed", language, count=count, total=len(shown))


def shown_checks(brief: Brief) -> tuple[Check, ...]:
    """The checks as they are listed: none where nothing was told that any of them could find.

    A row of ticks over an empty page would promise what nobody looked at; so would those of
    translations, where nobody has made any, and of what papers alone are searched for.
    """
    if not any(s.evidence and s.section not in ("terms", "sources") for s in brief.segments):
        return brief.checks if not all(check.passed for check in brief.checks) else ()
    made = any(s.target.text and not s.target.known for s in brief.segments)
    idle = () if made else _OF_TRANSLATIONS
    idle += _OF_PAPERS if kind(brief) == "exchange" else ()
    return tuple(check for check in brief.checks if not check.passed or check.name not in idle)


#: The checks that look at translations alone, and at papers alone.
_OF_TRANSLATIONS: tuple[str, ...] = ("translated_numbers", "terms", "names", "complete")
_OF_PAPERS = ("absence",)


def formulas(brief: Brief) -> list[tuple[str, float | None, float | None]]:
    """Formula, score of the source, score of the draft; in the order in which they were scored."""
    before, after = brief.readability.source, brief.readability.draft
    return [(name, before.get(name), after.get(name)) for name in dict.fromkeys([*before, *after])]


def grades(brief: Brief) -> list[tuple[Segment, SentenceGrade]]:
    """The graded segments with their grades before and after, in the brief's order."""
    graded = {grade.segment: grade for grade in brief.readability.sentences}
    ordered = [segment for _, segments in sections(brief) for segment in segments]
    return [(segment, graded[segment.id]) for segment in ordered if segment.id in graded]


def hard_lines(brief: Brief) -> list[tuple[Segment, SentenceGrade]]:
    """The segments that are still above the target grade, the hardest first."""
    hard = [pair for pair in grades(brief) if pair[1].after > TARGET_GRADE]
    return sorted(hard, key=lambda pair: -pair[1].after)


def reasons(grade: SentenceGrade, language: Language) -> list[str]:
    """Why a segment is hard to read, as a person is told; names of others as they are."""
    known = table("difficulty")
    return [
        str(known[name][language]) if name in known else one_line(name).replace("_", " ")
        for name in grade.reasons
    ]


def hardness(grade: SentenceGrade, language: Language) -> str:
    """The grade of a segment's own words, and what makes them hard."""
    value = format_number(grade.after, language, 1)
    why = ", ".join(reasons(grade, language))
    if not why:
        return label("text", "grade", language, grade=value)
    return label("text", "grade_reasons", language, grade=value, reasons=why)


def target(language: Language) -> str:
    """The target grade as a language writes it."""
    return format_number(TARGET_GRADE, language)


def xml_text(text: str) -> str:
    """A text on one line, with U+FFFD for each character that XML can't hold."""
    return NOT_XML.sub("\ufffd", one_line(text))
