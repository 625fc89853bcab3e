"""What an exchange yields: learned kinds in both languages, under roles, without small talk."""

import pytest
from fixtures.texts import document, exchange

from corpus.document import Document, Language, Passage
from models.exchange_points import FEW
from models.spoken_marks import last_mark
from pipelines.reading.reading import Reading
from pipelines.selecting.points import points

CLEAR: list[tuple[Language, str, str]] = [
    ("en", "Who will pay for the new benches?", "question"),
    ("en", "Can the library stay open on Mondays?", "question"),
    ("en", "We will publish the map by the end of June.", "commitment"),
    ("en", "The motion passed unanimously.", "decision"),
    ("fr", "Qui va payer les nouveaux bancs?", "question"),
    ("fr", "Je vais vous envoyer la carte des bancs d'ici vendredi.", "commitment"),
    ("fr", "Le règlement est adopté à l'unanimité.", "decision"),
]


def told(document: Document) -> dict[str, str]:
    return {document.text[p.start : p.end]: p.kind for p in points(Reading(document))}


@pytest.mark.parametrize(("language", "text", "kind"), CLEAR)
def test_a_short_clear_point_counts(language: Language, text: str, kind: str) -> None:
    assert told(exchange(("Ann", text), language=language)).get(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "Can everyone hear me now?",
        "Thank you, and over to you for the next question.",
        "The survey shows real gaps in the routes, and there is a need to—.",
        "We have not agreed on the price of the boats.",
        "I will not send the list of the wells to the province.",
        "Nobody has tried a pilot with heated benches.",
        "Yes, we will.",
        "As always, you will be sent a transcript to check.",
        "I'm the host of our club, and I'm a candidate for the board.",
    ],
)
def test_what_keeps_a_meeting_going_breaks_off_or_is_denied_is_no_point(text: str) -> None:
    assert told(exchange(("Ann", text))) == {}


def test_what_a_speaker_takes_back_at_once_is_not_told() -> None:
    document = exchange(
        ("Ann", "We measured a drop of 31% on the river path. Sorry, no, it was 12% on the path.")
    )
    assert "We measured a drop of 31% on the river path." not in told(document)


def test_a_point_has_its_speakers_role_and_time() -> None:
    document = exchange(
        ("Chair", "Good morning to all of you."),
        ("Bo Lind (councillor)", "We'll send the map of benches to every town by March 15."),
    )
    (point,) = points(Reading(document))
    assert (point.kind, point.speaker_role, point.timecode) == ("commitment", "elected", 10.0)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "okay so who is going to pay for the new benches on the river path"),
        ("en", "and can we open the library on mondays this winter"),
        ("fr", "alors est-ce que la ville va payer les nouveaux bancs du parc"),
        ("fr", "donc qui va payer les nouveaux bancs de la rue principale"),
    ],
)
def test_a_question_without_its_mark_is_one(language: Language, text: str) -> None:
    assert told(exchange(("Ann", text), language=language)).get(text) == "question"


@pytest.mark.parametrize(
    "text",
    ["what we did was a pilot with benches", "we will pay for the benches", "Who pays for them."],
)
def test_what_only_begins_like_a_question_or_has_a_mark_is_none(text: str) -> None:
    assert last_mark(text, "en") == "."


def test_asking_for_leave_to_speak_asks_nothing() -> None:
    document = exchange(
        ("Ann", "Can I just check that everyone has the handout?"),
        ("Bo", "Who will pay for the new benches on the river path?"),
        ("Ann", "May I add something to that?"),
    )
    asked = [p for p in points(Reading(document)) if p.kind == "question"]
    assert [document.text[p.start : p.end].split()[0] for p in asked] == ["Who"]


def test_a_question_has_its_answer_from_the_turn_after_it() -> None:
    answer = "The city will pay for the benches from the parks budget."
    document = exchange(
        ("Ann", "Who will pay for the new benches on the river path?"), ("Bo", f"Well. {answer}")
    )
    (question,) = (p for p in points(Reading(document)) if p.kind == "question")
    assert question.answer is not None
    assert document.text[slice(*question.answer)] == answer


@pytest.mark.parametrize(
    "reply",
    [
        "No. Um, walking didn't change at all. But 18 people thanked the city.",
        "No, walking didn't change at all. But 18 people thanked the city.",
        "I don't think so, walking didn't change at all. But 18 people thanked the city.",
    ],
)
def test_an_answer_keeps_its_yes_or_no_and_what_it_is_said_of(reply: str) -> None:
    document = exchange(("Ann", "And did more people walk to the river?"), ("Bo", reply))
    (question,) = (p for p in points(Reading(document)) if p.kind == "question")
    assert question.answer is not None
    answer = document.text[slice(*question.answer)]
    assert reply.startswith(answer)
    assert "walking didn't change" in answer


def test_a_short_answer_to_how_many_is_told() -> None:
    document = exchange(
        ("Ann", "How many of the shops on the quay have a toilet?"),
        ("Bo", "Three. The others are old houses with steep stairs."),
    )
    (question,) = (p for p in points(Reading(document)) if p.kind == "question")
    assert question.answer is not None
    assert document.text[slice(*question.answer)].startswith("Three.")


def test_what_leans_on_the_sentence_before_it_is_told_with_that() -> None:
    before = "The school board of Elmwood bought forty used bicycles."
    leaning = "We will lend them to the pupils from May."
    document = exchange(("Ann", f"{before} {leaning}"), ("Bo", "Good."))
    (promise,) = (p for p in points(Reading(document)) if p.kind == "commitment")
    assert document.text[promise.start : promise.end] == leaning
    assert promise.before is not None
    assert document.text[slice(*promise.before)] == before


@pytest.mark.parametrize(
    ("language", "fact", "doubt"),
    [
        (
            "en",
            "Traffic on the market square fell by two thirds.",
            "I wouldn't swear to the two thirds.",
        ),
        (
            "en",
            "The grove kept eight of its ten trees.",
            "But that's only one summer, and a wet one.",
        ),
        (
            "fr",
            "La pointe de crue est arrivée cinquante minutes plus tard.",
            "On n’a eu qu’un seul orage.",
        ),
    ],
)
def test_what_its_speaker_holds_back_at_once_is_told_with_it(
    language: Language, fact: str, doubt: str
) -> None:
    source = exchange(("Ann", f"{fact} {doubt}"), ("Bo", "Good."), language=language)
    start = source.text.index(fact)
    wanted = (start, start + len(fact))
    (held,) = (p for p in points(Reading(source), [wanted]) if (p.start, p.end) == wanted)
    assert held.after is not None
    assert source.text[slice(*held.after)] == doubt


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Nous ne pouvons pas déneiger les trottoirs avant midi."),
        ("fr", "On n'a pas les moyens de réparer les toits cette année."),
        ("fr", "Nous n'avons aucun budget pour les terrasses."),
        ("fr", "On va avoir de la misère à trouver un local."),
        ("en", "We can't clear the sidewalks before noon."),
    ],
)
def test_what_somebody_cannot_do_is_no_commitment(language: Language, text: str) -> None:
    assert told(exchange(("Ann", text), language=language)).get(text) in ("barrier", None)


def notes(*items: str, section: str | None = None, language: Language = "en") -> Document:
    """Notes of a meeting: items that nobody is named for, below a heading or not."""
    passages = [Passage(text, "list_item", section) for text in items]
    return document(passages, "exchange", language)


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "Barrier: we can't clear the sidewalks before noon.", "barrier"),
        ("en", "Commitment: the library lends twelve benches.", "commitment"),
        ("en", "Decision: the choice of the second park was postponed.", "decision"),
        ("en", "Question: who pays for the lamps", "question"),
        ("en", "Barrier: the wind.", "barrier"),
        ("fr", "Obstacle : nous ne pouvons pas déneiger avant midi.", "barrier"),
        ("fr", "Engagement : la bibliothèque prête douze bancs.", "commitment"),
        ("fr", "Levier : la subvention couvre la moitié des coûts.", "enabler"),
        ("fr", "Action: commander les lampes d’ici mai.", "commitment"),
        ("fr", "Recommandation : prolonger l’essai d’une saison.", "recommendation"),
    ],
)
def test_an_item_of_notes_is_what_its_label_says(language: Language, text: str, kind: str) -> None:
    assert told(notes(text, language=language)) == {text: kind}


def test_an_item_of_notes_is_what_the_heading_above_it_says() -> None:
    text = "The benches of the river path stay where they are."
    assert told(notes(text, section="Minutes › 3. Decisions")) == {text: "decision"}


@pytest.mark.parametrize("text", ["Attendance: four shop owners and a planner.", "Decision: —"])
def test_who_came_and_an_empty_item_are_no_points(text: str) -> None:
    assert told(notes(text)) == {}


@pytest.mark.parametrize(
    "thought",
    [
        "so we'd have to think about that.",
        "i guess that could be done.",
        "we'll see how it goes.",
        "it will rain again tomorrow.",
    ],
)
def test_in_talk_without_capitals_only_what_is_taken_on_is_a_commitment(thought: str) -> None:
    small_talk = [("a", "the microphone on the left is the one that hums a little.")] * FEW
    promise = "i'll send you the list of benches."
    document = exchange(*small_talk, ("b", thought), *small_talk, ("a", promise))
    kinds = told(document)
    assert kinds.get(promise) == "commitment"
    assert kinds.get(thought) != "commitment"


def test_an_answer_is_sought_behind_a_turn_that_only_hands_over() -> None:
    answer = "The city will pay for the benches from the parks budget."
    document = exchange(
        ("Ann", "Who will pay for the new benches on the river path?"),
        ("Chair", "Thank you."),
        ("Bo", answer),
    )
    (question,) = (p for p in points(Reading(document)) if p.kind == "question")
    assert question.answer is not None
    assert document.text[slice(*question.answer)] == answer


def test_in_few_sentences_what_was_decided_comes_before_what_is_asked() -> None:
    document = exchange(
        ("Ann", "Who clears the snow from the quay?"),
        ("Bo", "We agreed that the town will clear the quay."),
    )
    outcomes = {p.kind: p.outcome for p in points(Reading(document))}
    assert outcomes["decision"] > outcomes["question"]


def test_what_is_summed_up_as_agreed_comes_before_what_nobody_else_understands() -> None:
    summed_up = "Then that's agreed, each town tries the key in one building from November."
    document = exchange(
        ("Ann", "I'll send it to you by Friday."), ("Bo", summed_up), ("Ann", "Good.")
    )
    found = {document.text[p.start : p.end]: p for p in points(Reading(document))}
    assert found[summed_up].kind == "decision"
    assert found[summed_up].outcome > found["I'll send it to you by Friday."].outcome


def test_a_label_of_notes_stays_with_what_it_names() -> None:
    found = told(notes("Decision: The board adopted the second plan, five to two."))
    assert list(found.values()) == ["decision"]


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        (
            "en",
            [
                "I'll facilitate again.",
                "I can't turn my camera on, sorry.",
                "Does anyone disagree?",
                "Those in favour?",
                "Held in person at the community hall of Ashmere, 14 May.",
            ],
        ),
        ("fr", ["Est-ce que tout le monde est revenu?", "Tenu en ligne, le 9 juin."]),
    ],
)
def test_what_only_lets_a_meeting_be_held_is_no_point(language: Language, texts: list[str]) -> None:
    told_of = told(exchange(*[("a", text) for text in texts], language=language))
    assert told_of == {}


def test_what_helped_and_says_so_by_name_is_an_enabler() -> None:
    helped = "What really helped was that the school waters the vines."
    aided = "Ce qui a aidé, c'est que l'école arrose les vignes."
    assert told(exchange(("a", helped), language="en")) == {helped: "enabler"}
    assert told(exchange(("a", aided), language="fr")) == {aided: "enabler"}


def test_an_aside_may_part_a_barrier_from_what_it_is() -> None:
    text = "Le principal obstacle, selon le contremaître des parcs, est le vent."
    assert told(exchange(("a", text), language="fr")) == {text: "barrier"}
