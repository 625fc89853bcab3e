"""Candidates become lines: in the plan's order, once each, plain first, as far as the check lets."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from corpus.document import Anchor, Document, Kind, Language, Passage, assemble
from pipelines.brief import Certainty, Finding, Point, Section, Segment, SpeakerRole
from pipelines.reading.definitions import definitions
from pipelines.rewrite.lines import (
    Check,
    Gate,
    evidence,
    segment_of,
    word_exchange,
    word_paper,
    word_statement,
)
from pipelines.rewrite.writers import Accept, Reworder
from pipelines.selecting.bottom_lines import BottomLine
from pipelines.selecting.plan import Slot

BUS, POOL, PARK, QUAY = (
    "The bus runs late.",
    "The pool shut early.",
    "The park grew in May.",
    "The quay is dry.",
)
TOWN = (BUS, POOL, PARK, QUAY)


def document(
    *texts: str, language: Language = "en", kind: Kind = "paper", references: Sequence[str] = ()
) -> Document:
    """One paragraph on page 3 under a heading, and a list of references."""
    page = Passage(" ".join(texts), "paragraph", "Results", 3)
    listed = [Passage(one, "reference", "References") for one in references]
    whole, blocks, anchors = assemble([page, *listed])
    return Document(
        "a" * 16, kind, language, None, (), {}, None, "x.md", "0" * 64, whole, blocks, anchors
    )


def talk(said: str, *speakers: str, language: Language = "en") -> Document:
    """A turn for each speaker, the first one's with what was said."""
    first, *rest = speakers
    turns = [Passage(said, "turn", speaker=first, timecode=12.0)]
    turns += [Passage("Hello.", "turn", speaker=one) for one in rest]
    whole, blocks, anchors = assemble(turns)
    return Document(
        "a" * 16,
        "exchange",
        language,
        None,
        (),
        {},
        None,
        "x.vtt",
        "0" * 64,
        whole,
        blocks,
        anchors,
    )


def finding(source: Document, text: str, sentence: int | None = None) -> Finding:
    start = source.text.index(text)
    place = start if sentence is None else sentence
    return Finding(place, start, start + len(text), "result", None, (), False, False, 1.0)


def shorter(source: Document, text: str, told: str, *others: str) -> BottomLine:
    own = finding(source, text)
    return BottomLine(
        own.sentence, own.start, own.end, "result", None, (), False, False, 1.0,
        told, tuple(finding(source, other) for other in others), 0.1, False, (),
    )  # fmt: skip


def slot(
    source: Document, section: Section, most: int, *texts: str, asked: Sequence[str] = ()
) -> Slot[Finding]:
    wanted = tuple(finding(source, text) for text in asked)
    return Slot(section, most, tuple(finding(source, text) for text in texts), wanted)


def refusing(*words: str) -> Check:
    """A check that refuses what holds one of the words."""
    return lambda segment: [("rule", f"no {word}") for word in words if word in segment.text]


def lines(
    source: Document,
    *slots: Slot[Finding],
    check: Check = refusing(),
    judge: Check = refusing(),
    level: Certainty | None = None,
    reworder: Reworder | None = None,
) -> list[Segment]:
    return word_paper(source, slots, Gate(check, judge), definitions(source), level, reworder)


def texts(segments: Sequence[Segment]) -> list[str]:
    return [segment.text for segment in segments]


@pytest.fixture
def grades(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """How hard a text is, by a word that it holds; 5 where it holds none of them."""
    known: dict[str, float] = {}

    def difficulty(text: str, language: Language) -> float:
        return next((grade for word, grade in known.items() if word in text), 5.0)

    monkeypatch.setattr("pipelines.rewrite.lines.difficulty", difficulty)
    return known


# Evidence and segments


def test_evidence_is_a_span_with_its_place() -> None:
    source = document(BUS, POOL)
    start = source.text.index(POOL)
    own = evidence(source, start, start + 8)
    assert (own.document, own.start, own.end) == ("a" * 16, start, start + 8)
    assert (own.quote, own.page, own.timecode, own.section) == ("The pool", 3, None, "Results")
    spoken = talk("The bus runs late.", "Sam")
    assert evidence(spoken, 4, 7).timecode == 12.0
    between = source.blocks[0].end
    assert evidence(document(BUS, references=["Roy."]), len(BUS), len(BUS)).section is None
    assert between == len(f"{BUS} {POOL}")


def test_evidence_takes_the_page_of_its_own_sentence() -> None:
    page = Passage(f"{BUS} {POOL}", "paragraph", "Results", 3, anchors=(Anchor(len(BUS) + 1, 4),))
    whole, blocks, anchors = assemble([page])
    source = Document(
        "a" * 16, "paper", "en", None, (), {}, None, "x.md", "0" * 64, whole, blocks, anchors
    )
    assert [evidence(source, start, start + 3).page for start in (0, len(BUS) + 1)] == [3, 4]


def test_a_segment_says_how_strong_its_words_are() -> None:
    source = document(BUS)
    spans = [evidence(source, 0, 3)]
    told = segment_of(source, "limits", "Buses may reduce noise.", spans)
    assert (told.section, told.text, told.language) == ("limits", "Buses may reduce noise.", "en")
    assert told.target.language == "fr"
    assert told.target.text is None
    assert (told.strength, told.evidence) == ("conditional", tuple(spans))
    assert segment_of(source, "limits", "Buses reduce noise.", spans).strength == "causal"


# Which candidates are told


def test_a_slot_is_filled_in_the_order_of_the_plan() -> None:
    source = document(*TOWN)
    told = lines(source, slot(source, "limits", 2, PARK, BUS, POOL))
    assert texts(told) == [PARK, BUS]
    assert {one.section for one in told} == {"limits"}
    assert [one.evidence[0].quote for one in told] == [PARK, BUS]
    assert [len(one.evidence) for one in told] == [1, 1]


def test_findings_of_one_paragraph_are_told_in_its_order() -> None:
    source = document(*TOWN)
    assert texts(lines(source, slot(source, "findings", 2, PARK, BUS, POOL))) == [BUS, PARK]


def test_the_next_candidate_takes_the_place_of_one_that_fails() -> None:
    source = document(*TOWN)
    told = lines(source, slot(source, "findings", 2, PARK, BUS, POOL), check=refusing("park"))
    assert texts(told) == [BUS, POOL]


def test_a_line_that_does_not_suit_its_readers_is_told_only_where_nothing_else_is_first() -> None:
    source = document(*TOWN)

    def told(*slots: Slot[Finding]) -> list[str]:
        return texts(
            word_paper(
                source, slots, Gate(refusing()), {}, None, suits=lambda one: "late" not in one.text
            )
        )

    assert told(slot(source, "findings", 2, BUS, POOL)) == [POOL]
    assert told(slot(source, "bottom_line", 1, BUS, POOL)) == [POOL]
    assert told(slot(source, "bottom_line", 1, BUS)) == [BUS]
    assert told(slot(source, "findings", 1, POOL, asked=[BUS])) == [BUS, POOL]


def test_slots_follow_each_other_and_no_sentence_is_told_twice() -> None:
    source = document(*TOWN)
    told = lines(
        source,
        slot(source, "bottom_line", 1, BUS),
        slot(source, "findings", 1, BUS, POOL),
        slot(source, "limits", 1, POOL),
    )
    assert texts(told) == [BUS, POOL]
    assert [one.section for one in told] == ["bottom_line", "findings"]


def test_a_sentence_that_stands_twice_in_a_slot_counts_once() -> None:
    source = document(*TOWN)
    assert texts(lines(source, slot(source, "findings", 2, BUS, BUS, POOL))) == [BUS, POOL]


def test_the_same_words_of_two_sentences_are_told_once() -> None:
    source = document("The bus runs late.", "However, the BUS runs late.", POOL)
    told = lines(
        source,
        slot(source, "findings", 2, "The bus runs late.", "However, the BUS runs late.", POOL),
    )
    assert texts(told) == [BUS, POOL]


def test_a_slot_without_room_tells_nothing() -> None:
    source = document(*TOWN)
    assert lines(source, slot(source, "findings", 0, BUS)) == []


def test_what_was_asked_for_is_told_first_and_besides() -> None:
    source = document(*TOWN)
    told = lines(source, slot(source, "findings", 1, BUS, POOL, asked=[PARK, POOL]))
    assert texts(told) == [PARK, POOL, BUS]
    again = lines(source, slot(source, "findings", 2, BUS, POOL, asked=[POOL, POOL]))
    assert texts(again) == [POOL, BUS]


def test_what_was_asked_for_still_has_to_pass() -> None:
    source = document(*TOWN)
    told = lines(source, slot(source, "findings", 1, BUS, asked=[PARK]), check=refusing("park"))
    assert texts(told) == [BUS]


def test_what_was_asked_for_is_told_however_hard(grades: dict[str, float]) -> None:
    source, grades["quay"] = document(*TOWN), 13.1
    told = lines(source, slot(source, "context", 2, BUS, asked=[QUAY]))
    assert texts(told) == [QUAY, BUS]
    assert texts(lines(source, slot(source, "context", 2, BUS, QUAY))) == [BUS]


@pytest.mark.parametrize(
    ("section", "count"),
    [("findings", 4), ("limits", 2), ("implications", 2), ("applies_to", 2), ("bottom_line", 1)],
)
def test_so_many_sentences_of_a_section_are_told_however_hard(
    section: Section, count: int, grades: dict[str, float]
) -> None:
    source, grades["The"] = document(*TOWN), 11.1
    assert len(lines(source, slot(source, section, 4, *TOWN))) == count
    grades["The"] = 11.0
    assert len(lines(source, slot(source, section, 4, *TOWN))) == 4


def test_a_problem_is_told_only_where_it_is_plain(grades: dict[str, float]) -> None:
    source, grades["The"] = document(*TOWN), 13.1
    assert lines(source, slot(source, "context", 1, *TOWN)) == []
    grades["The"] = 13.0
    assert len(lines(source, slot(source, "context", 1, *TOWN))) == 1


def test_a_hard_one_leaves_its_place_to_a_plain_one(grades: dict[str, float]) -> None:
    source, grades["pool"] = document(*TOWN), 13.1
    told = lines(source, slot(source, "context", 2, BUS, POOL, PARK, QUAY), check=refusing("park"))
    assert texts(told) == [BUS, QUAY]


def test_what_only_stands_by_is_not_told_for_being_plain(grades: dict[str, float]) -> None:
    source, grades["bus"] = document(*TOWN), 30.0
    wanted = slot(source, "limits", 1, BUS, POOL)
    assert texts(lines(source, wanted)) == [POOL]
    assert texts(lines(source, replace(wanted, alike=1))) == [BUS]
    failing = lines(source, replace(wanted, alike=1), check=refusing("bus"))
    assert texts(failing) == [POOL]


def test_what_says_the_same_is_told_where_the_other_was_not() -> None:
    source = document(*TOWN)
    slots = (slot(source, "bottom_line", 1, BUS), slot(source, "limits", 1, POOL))

    def told(check: Check) -> list[str]:
        same = {BUS, POOL}

        def repeats(section: Section, one: Finding, said: Sequence[Finding]) -> bool:
            text = source.text[one.start : one.end]
            return text in same and any(source.text[o.start : o.end] in same for o in said)

        gate = Gate(check, refusing())
        return texts(word_paper(source, slots, gate, {}, None, repeats=repeats))

    assert told(refusing()) == [BUS]
    assert told(refusing("bus")) == [POOL]


@pytest.mark.parametrize(
    ("section", "worth"),
    [("bottom_line", 8.0), ("findings", 2.0), ("limits", 4.0), ("implications", 1.5), ("context", 0.3)],
)  # fmt: skip
def test_a_place_in_the_plan_is_worth_so_many_school_years(
    section: Section, worth: float, grades: dict[str, float]
) -> None:
    """By which the first may be harder than the second, if both are above the target."""
    source, grades["pool"] = document(*TOWN), 8.5
    wanted = slot(source, section, 1, BUS, POOL)
    grades["bus"] = 8.5 + worth + 0.01
    assert texts(lines(source, wanted)) == [POOL]
    grades["bus"] = 8.5 + worth - 0.01
    assert texts(lines(source, wanted)) == [BUS]


def test_nothing_is_gained_by_being_plainer_than_the_target(grades: dict[str, float]) -> None:
    source = document(*TOWN)
    grades |= {"bus": 8.2, "pool": 2.0}
    assert texts(lines(source, slot(source, "context", 1, BUS, POOL))) == [BUS]
    grades |= {"bus": 8.31}
    assert texts(lines(source, slot(source, "context", 1, BUS, POOL))) == [POOL]


def test_of_those_that_cost_the_same_the_first_is_told(grades: dict[str, float]) -> None:
    source = document(*TOWN)
    grades |= {"bus": 12.0, "pool": 8.0, "quay": 8.0}
    # limits: a place is worth four years
    assert texts(lines(source, slot(source, "limits", 1, BUS, POOL))) == [BUS]


def test_those_to_tell_keep_the_order_of_the_plan(grades: dict[str, float]) -> None:
    source, grades["bus"] = document(*TOWN), 10.0
    assert texts(lines(source, slot(source, "findings", 2, BUS, POOL, PARK))) == [BUS, POOL]


def test_the_plainest_of_the_others_follows_one_that_fails(grades: dict[str, float]) -> None:
    source, grades["pool"] = document(*TOWN), 12.0
    wanted = slot(source, "findings", 1, BUS, POOL, PARK)
    assert texts(lines(source, wanted, check=refusing("bus"))) == [PARK]


def test_brackets_do_not_make_a_sentence_hard(grades: dict[str, float]) -> None:
    odd = "The bus (a coach) runs late."
    source, grades["coach"] = document(odd, POOL), 14.0
    assert texts(lines(source, slot(source, "findings", 1, odd, POOL))) == [odd]


# Rewording and abbreviations


def test_the_steps_that_made_a_line_are_named() -> None:
    source = document("However, the bus runs late [3].", POOL)
    told = lines(source, slot(source, "findings", 2, "However, the bus runs late [3].", POOL))
    assert texts(told) == [BUS, POOL]
    assert [one.steps for one in told] == [("drop_citation", "drop_opener"), ()]


def test_a_step_that_fails_the_check_is_not_taken() -> None:
    text = "However, the bus runs late [3]."
    source = document(text)
    check: Check = lambda segment: [] if "[3]" in segment.text else [("rule", "cite it")]  # noqa: E731
    assert texts(lines(source, slot(source, "findings", 1, text), check=check)) == [
        "The bus runs late [3]."
    ]


def test_the_names_of_the_reference_list_tell_a_citation() -> None:
    text = "The bus runs late (Tremblay, 2019)."
    unlisted = document(text, "Tremblay drives it.", references=["Ngo, B. A quay."])
    assert texts(lines(unlisted, slot(unlisted, "findings", 1, text))) == [text]
    for references in ([], ["Tremblay, A. A bus."], ["Ngo, B. A quay", "Tremblay, A. A bus."]):
        source = document(text, references=references)
        assert texts(lines(source, slot(source, "findings", 1, text))) == [BUS]


DEFINED = "The land surface temperature (LST) rose."
USED = "LST fell in May."
SPOKEN = "Land surface temperature (LST) fell in May."


def test_an_abbreviation_is_written_out_and_its_definition_cited() -> None:
    source = document(DEFINED, USED, "LST stayed low in June.")
    told = lines(source, slot(source, "findings", 2, USED, "LST stayed low in June."))
    assert texts(told) == [SPOKEN, "LST stayed low in June."]
    quotes = [[span.quote for span in one.evidence] for one in told]
    assert quotes == [[USED, "land surface temperature (LST)"], ["LST stayed low in June."]]


def test_each_definition_of_words_within_words_is_cited() -> None:
    within = "It was low back pain (LBP), and most of it was non-specific LBP (NSLBP)."
    source = document(within, "NSLBP fell in May.")
    (told,) = lines(source, slot(source, "findings", 1, "NSLBP fell in May."))
    assert told.text == "Non-specific low back pain fell in May."
    quotes = [span.quote for span in told.evidence]
    assert quotes == ["NSLBP fell in May.", "non-specific LBP (NSLBP)", "low back pain (LBP)"]


def test_a_definition_inside_the_sentence_itself_is_not_cited_again() -> None:
    for defined in (DEFINED, "Land surface temperature (LST) rose."):
        source = document(BUS, defined)
        (told,) = lines(source, slot(source, "findings", 1, defined))
        assert (told.text, len(told.evidence)) == (defined.replace(" (LST)", ""), 1)


def test_a_line_that_points_off_its_page_gives_way_and_is_told_only_where_nothing_else_is() -> None:
    pointing = "These possibilities could not be tested."
    source = document(pointing, BUS)
    assert texts(lines(source, slot(source, "limits", 1, pointing, BUS))) == [BUS]
    assert texts(lines(source, slot(source, "limits", 1, pointing))) == [pointing]
    assert texts(lines(source, slot(source, "limits", 2, pointing, BUS))) == [BUS, pointing]


def test_an_abbreviation_that_no_other_line_uses_is_left_out() -> None:
    source = document(DEFINED, BUS)
    told = lines(source, slot(source, "findings", 2, DEFINED, BUS))
    assert texts(told) == ["The land surface temperature rose.", BUS]


def test_a_definition_right_behind_the_sentence_is_cited() -> None:
    source = document(USED, "Land surface temperature (LST) rose.")
    ends = len(USED) + 1
    own = Finding(0, 0, ends, "result", None, (), False, False, 1.0)
    (told,) = lines(source, Slot("findings", 1, (own,)))
    assert [(span.start, span.end) for span in told.evidence] == [(0, ends), (ends, ends + 30)]


def test_a_definition_is_cited_only_where_its_words_are_told() -> None:
    """They don't fit behind "An", nor where the abbreviation stands in a bracket."""
    for text in ("An LST map was drawn.", "The heat of the land (LST) rose."):
        source = document(DEFINED, text)
        (told,) = lines(source, slot(source, "findings", 1, text))
        assert (told.text, len(told.evidence)) == (text, 1)


# The bottom line

LONG = "The old red bus to the north end of the town runs late on each day of the week and on most nights of the year as well, all told"
THIRTY = f"{LONG}."
THIRTY_ONE = f"{LONG} now."
REST = "the number of riders at the north end of the town stayed about the same in the spring, in the summer and in the fall of that year"
HALVES = f"The fees rose again in 2019; {REST}."
SHORT_HALF = f"The fees rose in 2019; {REST}."


def test_a_bottom_line_has_at_most_thirty_words() -> None:
    assert (len(THIRTY.split()), len(THIRTY_ONE.split())) == (30, 31)
    source = document(THIRTY, THIRTY_ONE)
    assert texts(lines(source, slot(source, "bottom_line", 1, THIRTY))) == [THIRTY]
    assert lines(source, slot(source, "bottom_line", 1, THIRTY_ONE)) == []


def test_a_bottom_line_of_fewer_words_names_its_step() -> None:
    long = f"In this paper, {BUS.lower()}"
    source = document(long, POOL)
    wanted = Slot("bottom_line", 1, (shorter(source, long, BUS),))
    (told,) = lines(source, wanted)
    assert (told.text, told.steps) == (BUS, ("shorten_bottom_line",))
    assert [span.quote for span in told.evidence] == [long]
    (told,) = lines(source, wanted, check=refusing(BUS))
    assert (told.text, told.steps) == ("In this paper, the bus runs late.", ())


def test_a_bottom_line_of_two_sentences_rests_on_both() -> None:
    source = document(BUS, POOL)
    told = "The bus runs late, and the pool shut early."
    (line,) = lines(source, Slot("bottom_line", 1, (shorter(source, BUS, told, POOL),)))
    assert line.text == told
    assert [span.quote for span in line.evidence] == [BUS, POOL]


def test_a_bottom_line_in_its_own_words_needs_no_step() -> None:
    source = document(BUS, POOL)
    (line,) = lines(source, Slot("bottom_line", 1, (shorter(source, BUS, BUS, POOL),)))
    assert (line.text, line.steps, len(line.evidence)) == (BUS, (), 1)


def test_fewer_words_that_are_too_many_give_way_to_the_sentence() -> None:
    source = document(BUS, POOL)
    (line,) = lines(source, Slot("bottom_line", 1, (shorter(source, BUS, THIRTY_ONE),)))
    assert (line.text, line.steps) == (BUS, ())


def test_one_sentence_is_kept_of_a_bottom_line_that_is_too_long() -> None:
    source = document(HALVES)
    (line,) = lines(source, slot(source, "bottom_line", 1, HALVES))
    assert line.text == "The fees rose again in 2019."
    assert line.steps == ("split_semicolon", "keep_first_sentence")
    assert [span.quote for span in line.evidence] == [HALVES]


def test_half_a_bottom_line_has_to_pass_and_to_be_long_enough() -> None:
    source = document(HALVES, SHORT_HALF)
    alone: Check = lambda segment: [] if "riders" in segment.text else [("rule", "half")]  # noqa: E731
    assert lines(source, slot(source, "bottom_line", 1, HALVES), check=alone) == []
    assert lines(source, slot(source, "bottom_line", 1, HALVES), check=refusing("fees")) == []
    assert lines(source, slot(source, "bottom_line", 1, SHORT_HALF)) == []


def test_a_bottom_line_that_is_short_enough_is_not_split() -> None:
    text = "The fees rose again in 2019; the administration of the municipal pool stayed the same."
    source = document(text)
    assert texts(lines(source, slot(source, "bottom_line", 1, text))) == [text]
    assert texts(lines(source, slot(source, "findings", 1, text))) == [text.replace("; t", ". T")]


CAUSE = "Night buses reduce crashes among young drivers."


def test_a_bottom_line_is_no_firmer_than_its_kind_of_study() -> None:
    source = document(CAUSE)
    wanted = slot(source, "bottom_line", 1, CAUSE)
    (line,) = lines(source, wanted, level="low")
    assert line.text == CAUSE.replace("reduce", "may reduce")
    assert (line.steps, line.strength) == (("certainty_word",), "conditional")
    assert [span.quote for span in line.evidence] == [CAUSE]
    assert texts(lines(source, wanted)) == [CAUSE]
    assert lines(source, wanted)[0].steps == ()
    (kept,) = lines(source, wanted, level="low", check=refusing("may"))
    assert (kept.text, kept.steps) == (CAUSE, ())
    assert texts(lines(source, slot(source, "findings", 1, CAUSE), level="low")) == [CAUSE]


def test_the_word_of_certainty_is_left_out_where_it_makes_thirty_one() -> None:
    for nights, told in ((11, "may reduce"), (12, "buses reduce")):
        text = f"Night buses reduce crashes{' by night' * nights}{' in town' if nights < 12 else ' now'} too."
        source = document(text)
        assert len(text.split()) == (29 if nights == 11 else 30)
        (line,) = lines(source, slot(source, "bottom_line", 1, text), level="low")
        assert told in line.text


# Reading ahead


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are parsed together before any is worded."""
    asked: list[str] = []
    monkeypatch.setattr(
        "pipelines.rewrite.lines.parse_all", lambda texts, language: asked.extend(texts)
    )
    return asked


def test_what_will_most_likely_be_told_is_parsed_together(read: list[str]) -> None:
    long = "However, the pool shut early."
    source = document(BUS, long, PARK, QUAY)
    lines(
        source,
        Slot("bottom_line", 1, (shorter(source, long, POOL), finding(source, QUAY))),
        slot(source, "findings", 1, BUS, QUAY, asked=[PARK]),
    )
    assert [text for text in read if text != POOL] == [PARK, BUS]
    assert POOL in read


def test_what_was_said_is_parsed_together_without_names(read: list[str]) -> None:
    spoken("Um, thanks, Sam.")
    assert read == ["Thanks."]


# The optional writer


class Asked:
    """A writer that gives one answer, and what it was asked."""

    def __init__(self, answer: str) -> None:
        self.answer, self.seen, self.wrong = answer, list[tuple[str, ...]](), list[str]()

    def __call__(
        self, text: str, quotes: tuple[str, ...], language: Language, accept: Accept
    ) -> tuple[str, tuple[str, ...]]:
        self.seen.append((text, *quotes, language))
        self.wrong = list(accept(self.answer))
        return (text, ()) if self.wrong else (self.answer, ("chat_writer",))


def test_a_writer_is_asked_about_what_is_still_hard(grades: dict[str, float]) -> None:
    text = "However, the bus runs late."
    source, ask = document(text, POOL), Asked("The bus is late.")
    grades["runs"] = 8.1
    told = lines(source, slot(source, "findings", 2, text, POOL), reworder=ask)
    assert ask.seen == [(BUS, text, "en")]
    assert texts(told) == ["The bus is late.", POOL]
    assert told[0].steps == ("drop_opener", "chat_writer")
    assert [span.quote for span in told[0].evidence] == [text]
    grades["runs"] = 8.0
    assert texts(lines(source, slot(source, "findings", 1, text), reworder=ask)) == [BUS]
    assert len(ask.seen) == 1


def test_a_writers_words_are_refused_with_the_reason(grades: dict[str, float]) -> None:
    source, grades["runs"] = document(BUS), 9.0
    ask = Asked("A bus is late.")
    (told,) = lines(source, slot(source, "findings", 1, BUS), check=refusing("A bus"), reworder=ask)
    assert (told.text, told.steps, ask.wrong) == (BUS, (), ["no A bus"])


@pytest.mark.parametrize(("grade", "wrong"), [(8.9, []), (9.0, ["it isn't easier to read"])])
def test_a_writers_words_must_be_easier(
    grade: float, wrong: list[str], grades: dict[str, float]
) -> None:
    source, ask = document(BUS), Asked("A bus is late.")
    grades |= {"runs": 9.0, "A bus": grade}
    lines(source, slot(source, "findings", 1, BUS), reworder=ask)
    assert ask.wrong == wrong


def test_a_writer_may_not_split_a_bottom_line(grades: dict[str, float]) -> None:
    source, grades["runs"] = document(BUS), 9.0
    two, one = Asked("It is a bus. It is late."), Asked("A bus is late.")
    assert texts(lines(source, slot(source, "bottom_line", 1, BUS), reworder=two)) == [BUS]
    assert two.wrong == ["it must be one sentence"]
    assert texts(lines(source, slot(source, "findings", 1, BUS), reworder=two)) == [two.answer]
    assert texts(lines(source, slot(source, "bottom_line", 1, BUS), reworder=one)) == [one.answer]


# Statements

DECLARED: list[tuple[Language, str, str]] = [
    ("en", "The town paid for it.", "Funding: The town paid for it."),
    ("en", "Funding: the town paid for it.", "Funding: The town paid for it."),
    ("en", "Funding : Funding: none.", "Funding: Funding: none."),
    ("en", "the town paid for it.", "Funding: The town paid for it."),
    ("fr", "La ville l’a payé.", "Financement\u00a0: La ville l’a payé."),
    ("fr", "Conflits d’intérêts : la ville l’a payé.", "Financement\u00a0: La ville l’a payé."),
    # no label: too short, no colon, a number, not in front
    ("en", "AB: the town paid for it.", "Funding: AB: the town paid for it."),
    ("en", "In 2019 the town paid: ten dollars.", "Funding: Ten dollars."),
    ("en", "Funds (town): the town paid.", "Funding: Funds (town): the town paid."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "wanted"), DECLARED)
def test_a_statement_stands_under_its_label(language: Language, text: str, wanted: str) -> None:
    source = document(text, language=language)
    (told,) = word_statement(source, "sources", [(0, len(text))], "funding", refusing())
    assert (told.text, told.section, told.strength) == (wanted, "sources", "none")
    assert [span.quote for span in told.evidence] == [text]


def test_a_statement_joins_its_sentences() -> None:
    source = document(BUS, POOL)
    spans = [(0, len(BUS)), (len(BUS) + 1, len(source.text))]
    (told,) = word_statement(source, "sources", spans, "interests", refusing())
    assert told.text == f"Interests: {BUS} {POOL}"
    assert len(told.evidence) == 2


def test_a_statement_claims_nothing_of_its_own() -> None:
    source = document(CAUSE)
    (told,) = word_statement(source, "sources", [(0, len(CAUSE))], "interests", refusing())
    assert told.strength == "none"


def test_no_statement_is_made_of_nothing_or_against_the_check() -> None:
    source = document(BUS)
    assert word_statement(source, "sources", [], "interests", refusing()) == []
    assert word_statement(source, "sources", [(0, len(BUS))], "interests", refusing("bus")) == []


def test_what_has_a_fixed_form_is_final_in_a_line_of_its_own() -> None:
    fixed = "The other authors declare no competing interests."
    source = document(BUS, fixed)
    spans = [(0, len(BUS)), (len(BUS) + 1, len(source.text))]
    own, composed = word_statement(source, "sources", spans, "interests", refusing())
    assert (own.text, own.target.text) == (f"Interests: {BUS}", None)
    assert (
        composed.target.text
        == "Intérêts\u00a0: Les autres auteurs ne déclarent aucun intérêt concurrent."
    )
    assert composed.target.state == "final"


# What somebody said


def point(source: Document, text: str, role: SpeakerRole = "staff") -> Point:
    start = source.text.index(text)
    return Point(start, start, start + len(text), "barrier", role, None, 1.0)


def spoken(
    text: str, language: Language = "en", check: Check = refusing(), role: SpeakerRole = "staff"
) -> list[Segment]:
    source = talk(text, "Sam Okafor", "Lena", language=language)
    return word_exchange(source, [Slot("barriers", 1, (point(source, text, role),))], Gate(check))


SAID: list[tuple[Language, str, str, list[str]]] = [
    ("en", "The bus runs late.", "Staff: The bus runs late.", ["The bus runs late."]),
    ("fr", "Le bus arrive tard.", "Personnel\u00a0: Le bus arrive tard.", ["Le bus arrive tard."]),
    # who is only addressed goes with a comma
    ("en", "Thanks, Sam.", "Staff: Thanks.", ["Thanks", "."]),
    ("en", "The bus, Sam, is late.", "Staff: The bus, is late.", ["The bus", ", is late."]),
    (
        "en",
        "The boss, Ann Lee, is late.",
        "Staff: The boss, [name left out], is late.",
        ["The boss,", ", is late."],
    ),
    ("en", "Is it late, Sam?", "Staff: Is it late?", ["Is it late", "?"]),
    ("en", "Sam, the bus is late.", "Staff: The bus is late.", ["the bus is late."]),
    # anybody else is named by the mark
    ("en", "I told Sam so.", "Staff: I told [name left out] so.", ["I told", "so."]),
    ("en", "In May, Sam told me.", "Staff: In May, [name left out] told me.", ["In May,", "told me."]),
    ("en", "Sam told me.", "Staff: [name left out] told me.", ["told me."]),
    ("en", "Sam’s bus is late.", "Staff: [name left out]’s bus is late.", ["’s bus is late."]),
    ("en", "Sam's bus is late.", "Staff: [name left out]'s bus is late.", ["'s bus is late."]),
    ("fr", "Je l’ai dit à Sam.", "Personnel\u00a0: Je l’ai dit à [nom omis].", ["Je l’ai dit à", "."]),
    # two names
    ("en", "Thanks, Sam, I told Lena.", "Staff: Thanks, I told [name left out].", ["Thanks", ", I told", "."]),
    ("en", "I told Sam and Lena.", "Staff: I told [name left out] and [name left out].", ["I told", "and", "."]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "wanted", "quotes"), SAID)
def test_a_point_is_told_under_a_role_and_without_names(
    language: Language, text: str, wanted: str, quotes: list[str]
) -> None:
    (told,) = spoken(text, language)
    assert told.text == wanted
    assert [span.quote for span in told.evidence] == quotes
    assert [text.find(quote) >= 0 for quote in quotes] == [True] * len(quotes)
    assert told.steps == ("name_speaker_role",)
    assert told.section == "barriers"


def test_the_evidence_stands_where_the_words_were_said() -> None:
    source = talk("Hello there. I told Sam so.", "Sam Okafor")
    (told,) = word_exchange(
        source, [Slot("barriers", 1, (point(source, "I told Sam so."),))], Gate(refusing())
    )
    assert [(span.start, span.end) for span in told.evidence] == [(13, 19), (24, 27)]
    assert [span.timecode for span in told.evidence] == [12.0, 12.0]


def test_each_role_has_its_label() -> None:
    roles: list[SpeakerRole] = ["researcher", "elected", "civil_society", "unknown"]
    labels = [spoken("The bus runs late.", role=role)[0].text.split(":")[0] for role in roles]
    # two speak, and nobody says as what
    assert labels == ["Researcher", "Elected official", "Civil society", "Participant A"]


def test_nothing_is_told_that_is_only_a_name_or_fails() -> None:
    assert spoken("Sam") == []
    assert spoken("The bus runs late.", check=refusing("bus")) == []


def test_the_steps_of_speech_are_taken() -> None:
    (told,) = spoken("Um, the bus, uh, runs late.")
    assert told.text.startswith("Staff: ")
    assert told.steps == ("name_speaker_role", "drop_filler")
    assert "uh" not in told.text


def test_a_writer_rewords_what_was_said(grades: dict[str, float]) -> None:
    source, ask = talk("The bus runs late.", "Sam Okafor"), Asked("The bus is late.")
    grades["runs"] = 9.0
    told = word_exchange(
        source, [Slot("barriers", 1, (point(source, BUS),))], Gate(refusing()), reworder=ask
    )
    assert texts(told) == ["Staff: The bus is late."]
    assert told[0].steps == ("name_speaker_role", "chat_writer")


def test_what_the_judge_doubts_is_told_in_the_source_s_own_words() -> None:
    source = document(HALVES)
    slots = slot(source, "findings", 1, HALVES)
    (split,) = lines(source, slots)
    (kept,) = lines(source, slots, judge=refusing("2019."))
    assert "split_semicolon" in split.steps
    assert (kept.text, kept.steps) == (HALVES, ())
