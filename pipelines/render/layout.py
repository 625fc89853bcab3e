"""What every format shows, in which order and under which label; how it looks is theirs.

In: a brief. Out: its non-empty sections in the contract's order, the text of each segment in
each language, places, and the fixed labels of ``lexicon/labels.toml``. Nothing is escaped here:
each format escapes in its own way.
"""

from __future__ import annotations

from corpus.document import Language
from pipelines.brief import Brief, BriefDocument, Evidence, Section, Segment
from pipelines.lexicon import table
from pipelines.typography import clock, find_numbers, localize_number, one_line


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

    Sections of the other kind of brief, which another tool may have used, come last.
    """
    order = dict.fromkeys([*brief.sections, *(segment.section for segment in brief.segments)])
    grouped = [
        (section, [segment for segment in brief.segments if segment.section == section])
        for section in order
    ]
    return [(section, segments) for section, segments in grouped if segments]


def text_in(segment: Segment, language: Language) -> str | None:
    """The segment's text in a language; None where it is still to translate."""
    return segment.text if segment.language == language else segment.target.text


def kept(segment: Segment) -> tuple[str, ...]:
    """What a translation must keep: the segment's numbers as the target language writes them."""
    numbers = find_numbers(segment.text, segment.language)
    written = (localize_number(number.text, segment.target.language) for number in numbers)
    return tuple(dict.fromkeys(written))


def assessed(segment: Segment) -> bool:
    """Whether strength and certainty say anything: a question or a reference claims nothing."""
    return segment.strength != "none" or segment.certainty is not None


def untranslated(segment: Segment) -> bool:
    """Whether a translator still has to write the segment's other language."""
    return segment.target.text is None or segment.target.state == "initial"


def kind(brief: Brief) -> str:
    """``paper`` or ``exchange``, after the first document."""
    return brief.documents[0].kind if brief.documents else "paper"


def title(document: BriefDocument) -> str:
    """A document's title on one line; its file name where it has none."""
    return one_line(document.title or "") or one_line(document.source)


def brief_title(brief: Brief) -> str:
    """The titles of the brief's documents, joined."""
    return " · ".join(title(document) for document in brief.documents) or one_line(brief.id)


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
    count = sum(check.passed for check in brief.checks)
    return label("text", "checks_passed", language, count=count, total=len(brief.checks))


def formulas(brief: Brief) -> list[tuple[str, float | None, float | None]]:
    """Formula, score of the source, score of the draft; in the order in which they were scored."""
    before, after = brief.readability.source, brief.readability.draft
    return [(name, before.get(name), after.get(name)) for name in dict.fromkeys([*before, *after])]
