"""What a reviewer's comment asks of the next draft, in either language, and what it can't have."""

from functools import cache
from pathlib import Path

import pytest
from fixtures.texts import BENCHES, exchange

from corpus.document import Document
from corpus.errors import SchemaError
from corpus.readers import read
from pipelines.brief import Audience, Brief
from pipelines.draft import draft
from pipelines.language.lexicon import table
from pipelines.review.comments import (
    Asked,
    instructions,
    unmet,
    with_marks,
)
from pipelines.selecting.instructions import Instructions, from_json, merged, to_json

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"


@cache
def sample(name: str) -> tuple[Brief, Document]:
    document = read(SAMPLES / name)
    return draft(document), document


@cache
def benches() -> Brief:
    return draft(BENCHES)


def asked(comment: str) -> Asked:
    return instructions(comment, benches(), BENCHES)


def line(words: str, brief: Brief | None = None) -> str:
    """The number of the line that has these words."""
    (found,) = [s.id for s in (brief or benches()).segments if words in s.text]
    return found


def left_out(comment: str) -> list[str]:
    return [BENCHES.text[slice(*span)] for span in asked(comment).instructions.leave_out]


def brought_in(comment: str) -> list[str]:
    return [BENCHES.text[slice(*span)] for span in asked(comment).instructions.bring_in]


def refused(comment: str) -> list[tuple[str, str]]:
    return [(one.reason, one.words) for one in asked(comment).not_followed]


WINTER = "There was no difference in winter (Fig. 2)."
LONGER_WALKS = "We found that benches were associated with 3 more walks a week."


@pytest.mark.parametrize(
    ("comment", "audience"),
    [
        ("For elected officials", "elected"),
        ("Audience: public", "public"),
        ("Please write it for practitioners.", "practitioner"),
        ("Could you make it for municipal staff?", "staff"),
        ("Pour les élus", "elected"),
        ("pour les elus", "elected"),
        ("Public cible : grand public", "public"),
        ("À l’intention du personnel municipal", "staff"),
        ("for staff; no, for the public", "public"),
    ],
)
def test_a_comment_may_name_the_audience(comment: str, audience: Audience) -> None:
    assert asked(comment).instructions == Instructions(audience=audience)


@pytest.mark.parametrize(
    ("comment", "words"),
    [
        ("At most 250 words", 250),
        ("Cut it down to 180 words, please.", 180),
        ("120 words or less", 120),
        ("250 mots au plus", 250),
        ("Ne pas dépasser 200 mots.", 200),
    ],
)
def test_a_comment_may_name_the_length(comment: str, words: int) -> None:
    found = asked(comment)
    assert (found.instructions, found.not_followed) == (Instructions(most_words=words), ())


@pytest.mark.parametrize("comment", ["Shorter!", "Make it shorter, please.", "Plus court, svp"])
def test_shorter_is_shorter_than_the_brief_that_was_read(comment: str) -> None:
    most = asked(comment).instructions.most_words
    length = sum(len(segment.text.split()) for segment in benches().segments)
    assert most is not None
    assert 0.7 * length < most < 0.9 * length
    assert asked(comment).not_followed == ()


@pytest.mark.parametrize(
    "comment",
    [
        "Leave out {}",
        "leave out the sentence {} because it is not clear",
        "{} should be removed.",
        "Could you drop {}?",
        "retirer {}",
        "Retirez {}, s’il vous plaît",
        "Leave out the finding on winter.",
        "without the sentence about the difference in winter",
        "remove “no difference in winter”",
    ],
)
def test_a_line_to_leave_out_is_named_by_its_number_or_its_words(comment: str) -> None:
    comment = comment.format(line("in winter"))
    assert left_out(comment) == [WINTER]
    assert refused(comment) == []


def marks(section: str, first: int | None, end: int | None) -> list[str]:
    """The marks of some lines of a section."""
    lines = [line for line in benches().segments if line.section == section and line.evidence]
    return [line.id for line in lines][first:end]


@pytest.mark.parametrize(
    ("comment", "section", "first", "end"),
    [
        ("leave out the second finding", "findings", 1, 2),
        ("Leave out the last finding.", "findings", -1, None),
        ("The second finding should be removed.", "findings", 1, 2),
        ("retirez le deuxième constat", "findings", 1, 2),
        ("Supprimer le 2e résultat", "findings", 1, 2),
        ("drop the 1st and 2nd findings", "findings", None, 2),
        ("drop finding 2", "findings", 1, 2),
        ("remove findings 1 to 2", "findings", None, 2),
        ("retirer le constat n° 2", "findings", 1, 2),
        ("leave out the first two findings", "findings", None, 2),
        ("enlevez les deux derniers constats", "findings", -2, None),
        ("leave out the last limit", "limits", -1, None),
        ("omettre la dernière limite", "limits", -1, None),
        ("leave out the second-to-last finding", "findings", -2, -1),
    ],
)
def test_a_line_may_be_named_by_its_place(
    comment: str, section: str, first: int | None, end: int | None
) -> None:
    named = marks(section, first, end)
    assert left_out(comment) == left_out(f"leave out {', '.join(named)}")
    assert left_out(comment)
    assert refused(comment) == []


@pytest.mark.parametrize(
    "said", ["leave out", "leave this out", "please remove this line", "retirer cette ligne"]
)
def test_what_is_said_of_a_line_may_be_to_leave_it_out(said: str) -> None:
    assert left_out(f"shorter\n{line('in winter')}: {said}") == [WINTER]
    assert left_out(f"{line('in winter')}: how much?") == []


def test_a_place_that_the_draft_lacks_is_told_in_the_persons_own_words() -> None:
    comment = "leave out the ninth finding"
    assert refused(comment) == [("no_such_place", comment)]
    assert left_out(comment) == []


def test_a_finding_named_by_its_words_is_not_counted() -> None:
    assert brought_in("bring in: the second finding") == [
        BENCHES.text[slice(*span)]
        for span in asked(f"bring in {marks('findings', 1, 2)[0]}").instructions.bring_in
    ]
    assert with_marks("results in 2 towns", benches()) == "results in 2 towns"
    assert with_marks("the 30 % of findings", benches()) == "the 30 % of findings"


def test_each_part_that_is_followed_is_told_in_the_persons_own_words() -> None:
    comment = "For elected officials, and leave out the second finding. Paint it blue."
    found = asked(comment)
    assert [part.words for part in found.followed] == [
        "For elected officials",
        "leave out the second finding",
    ]
    assert [one.words for one in found.not_followed] == ["Paint it blue"]


def test_the_headline_number_stays_however_short_the_brief_becomes() -> None:
    brief, document = sample("street-trees.xml")
    shorter = draft(document, instructions=Instructions(most_words=60))
    assert sum(one.section == "findings" for one in shorter.segments) < sum(
        one.section == "findings" for one in brief.segments
    )
    assert any("12%" in one.text for one in shorter.segments)


def test_several_instructions_stand_in_one_comment() -> None:
    comment = f"For elected officials, shorter, and leave out {line('in winter')}. Thanks!"
    found = asked(comment)
    assert found.not_followed == ()
    assert found.instructions.audience == "elected"
    assert found.instructions.most_words
    assert left_out(comment) == [WINTER]


@pytest.mark.parametrize(
    ("comment", "words"),
    [
        ("Bring in: benches were associated with 3 more walks a week", LONGER_WALKS),
        ("add the finding on more walks a week", LONGER_WALKS),
        ("Please include “there was no difference in winter”.", WINTER),
        ("Keep the finding about winter, but drop the limits", WINTER),
    ],
)
def test_what_is_brought_in_is_the_documents_own_sentence(comment: str, words: str) -> None:
    assert brought_in(comment) == [words]


def test_a_cue_word_within_what_is_asked_for_is_no_instruction() -> None:
    found = asked("add the finding on residents without a bench for the public library")
    assert (found.instructions.leave_out, found.instructions.audience) == ((), None)


@pytest.mark.parametrize(
    ("comment", "reason"),
    [
        ("Use bullet points", "not_understood"),
        ("Do not leave out s2", "not_understood"),
        ("Ne retirez pas s2", "not_understood"),
        ("Should we leave out s2?", "not_understood"),
        ("Remove “often” from s2", "not_understood"),
        ("s2: drop the last word", "not_understood"),
        ("Longer", "one_page"),
        ("at least 600 words", "one_page"),
        ("s2 is too long", "one_line"),
        ("Raccourcir s2", "one_line"),
        ("leave out s99", "no_such_line"),
        ("add the finding about penguins", "no_match"),
        ("ajouter le constat sur les manchots", "no_match"),
        ("bring in: the authors of benches and walking", "no_match"),
    ],
)
def test_what_cannot_be_followed_comes_back_with_a_reason(comment: str, reason: str) -> None:
    found = asked(comment)
    assert found.instructions == Instructions()
    assert [one.reason for one in found.not_followed] == [reason]
    assert found.not_followed[0].words in comment


def test_what_is_followed_and_what_is_not_are_told_apart() -> None:
    comment = f"Leave out {line('in winter')} and change the title. It reads well."
    assert left_out(comment) == [WINTER]
    assert refused(comment) == [
        ("not_understood", "and change the title"),
        ("not_understood", "It reads well"),
    ]


def test_fixed_text_stays() -> None:
    fixed = next(segment for segment in benches().segments if segment.origin == "template")
    assert refused(f"leave out {fixed.id}") == [("fixed_text", fixed.id)]


def test_a_sentence_that_cannot_be_told_by_itself_is_not_brought_in() -> None:
    assert refused("add: Few towns know whether benches help.") == []
    source = exchange(
        ("Ann", "We decided to plant 40 trees on Elm Street. Nobody said a word about water then."),
        ("Bo", "We will send the map to every household by June 1."),
    )
    found = instructions("add: nobody said a word about water", draft(source), source)
    assert [one.reason for one in found.not_followed] == ["cannot_stand_alone"]


def test_what_fits_two_sentences_is_asked_again() -> None:
    brief, document = sample("street-trees.xml")
    found = instructions("bring in the finding on shade", brief, document)
    assert found.instructions == Instructions()
    assert [one.reason for one in found.not_followed] == ["several"]


def test_what_says_the_same_does_not_take_the_place_of_what_is_left_out() -> None:
    brief, document = sample("street-trees.xml")
    wanted = instructions(f"leave out {line('12% lower', brief)}", brief, document).instructions
    quotes = [document.text[slice(*span)] for span in wanted.leave_out]
    assert len(quotes) == 2
    assert all("12%" in quote for quote in quotes)


def test_a_french_comment_on_a_french_exchange() -> None:
    brief, document = sample("echange-eaux-pluviales.vtt")
    number = line("saillies", brief)
    comment = f"Pour les élus. Retirer {number}, ajouter la carte publique par tronçon de rue."
    found = instructions(comment, brief, document)
    assert found.not_followed == ()
    assert found.instructions.audience == "elected"
    (out,), (new,) = found.instructions.leave_out, found.instructions.bring_in
    assert "saillies de trottoir" in document.text[slice(*out)]
    assert "tronçon de rue" in document.text[slice(*new)]


# -- the values --------------------------------------------------------------------------------

SOME = Instructions("public", 250, ((10, 20), (40, 50)), ((60, 80),))


def test_instructions_survive_their_json_and_the_same_ones_give_the_same_text() -> None:
    assert from_json(to_json(SOME)) == SOME
    assert from_json(to_json(Instructions())) == Instructions()
    assert to_json(SOME) == to_json(from_json(to_json(SOME)))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"leave_out": 3}'])
def test_what_is_no_instructions_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(SchemaError, match=r"^instructions: .*$"):
        from_json(text)


def test_of_two_revisions_both_hold_and_the_later_one_where_they_differ() -> None:
    later = Instructions("staff", None, ((60, 80),), ((45, 48),))
    assert merged(SOME, later) == Instructions("staff", 250, ((10, 20), (60, 80)), ((45, 48),))
    assert merged(SOME, Instructions()) == SOME
    assert merged(Instructions(), SOME) == SOME


def test_what_a_finished_brief_does_not_do_is_told() -> None:
    brief = benches()
    absent = BENCHES.text.index("Residents with a bench")
    wanted = Instructions(most_words=20, bring_in=((absent, absent + 40),))
    assert [one.reason for one in unmet(wanted, brief, BENCHES)] == ["not_verified", "too_long"]
    assert unmet(Instructions(most_words=400), brief, BENCHES) == ()


def test_every_reason_is_there_in_both_languages() -> None:
    for texts in table("instructions")["reasons"].values():
        assert set(texts) == {"en", "fr"}
        assert texts["en"] != texts["fr"]
