"""People are shown by their role; their names are found wherever they stand."""

from pathlib import Path

import pytest

from corpus.document import Document, Language, Passage, assemble
from corpus.errors import UnreadableError
from corpus.settings_base import read_again
from pipelines.reading.roster import participants
from pipelines.reading.speakers import (
    lettered,
    offices,
    role_in_label,
    role_labels,
    speaker_roles,
    without_label,
)


def exchange(turns: list[tuple[str, str]], language: Language = "en") -> Document:
    whole, blocks, anchors = assemble(
        Passage(text, "turn", speaker=speaker) for speaker, text in turns
    )
    sha256 = "0" * 64
    return Document(
        "a" * 16, "exchange", language, None, (), {}, None, "x.vtt", sha256, whole, blocks, anchors
    )


def test_a_label_or_an_introduction_gives_the_role() -> None:
    found = speaker_roles(
        exchange(
            [
                ("Councillor Vance", "Welcome."),
                ("Ito (city forester)", "We planted trees."),
                ("Dr. Okello", "The trial ended."),
                ("Marisol Pike", "I'm with the tenants' association."),
                ("Speaker 4", "It was hot."),
            ]
        )
    )
    assert found["Councillor Vance"] == "elected"
    assert found["Ito (city forester)"] == "staff"
    assert found["Dr. Okello"] == "researcher"
    assert found["Marisol Pike"] == "civil_society"
    assert found["Speaker 4"] == "unknown"


def test_a_title_that_ends_a_sentence_is_not_the_next_ones() -> None:
    found = speaker_roles(
        exchange(
            [
                ("Lena", "Thank you, Mayor. Noor, do you want to go on? And then Dr. Vance."),
                ("Noor", "Sorry, Noor, public health, we phone people."),
                ("Vance", "We studied the calls."),
                ("Ida", "I agree."),
                ("Lena", "Thanks, Mayor. Ida, go ahead."),
            ]
        )
    )
    assert found["Noor"] == "staff"  # behind the name, in the speaker's own turn
    assert found["Vance"] == "researcher"
    assert found["Ida"] == "unknown"


def test_a_department_beside_a_name_is_staff() -> None:
    label = "Josée – génie municipal"
    assert speaker_roles(exchange([(label, "On a creusé un bassin.")], "fr"))[label] == "staff"


NOT_THEIRS = [
    ("en", "Good evening. I'm a candidate to be your next mayor."),
    ("en", "I am here for my sister, she is a councillor."),
    ("en", "I'm a former mayor."),
    ("fr", "Je suis candidate à la mairie, je veux être votre prochaine mairesse."),
    ("fr", "Je suis le frère de la mairesse."),
    ("en", "I am a little late."),
    ("en", "If I'm elected mayor, the pool will open on Sundays."),
    ("fr", "Si je suis élue mairesse, la piscine ouvrira le dimanche."),
]


@pytest.mark.parametrize(("language", "text"), NOT_THEIRS)
def test_a_candidacy_or_somebody_elses_office_is_no_role(language: Language, text: str) -> None:
    assert speaker_roles(exchange([("Ida Fell", text)], language)) == {"Ida Fell": "unknown"}


def test_others_say_who_somebody_is_and_who_leads_opens_the_meeting() -> None:
    found = speaker_roles(
        exchange(
            [
                (
                    "Per Holm",
                    "Good evening everyone. We have Ida Fell, who is town clerk, with us.",
                ),
                ("Ida Fell", "Hello."),
                ("Per Holm", "Councillor Rusk, go ahead."),
                ("Bo Rusk", "Thank you."),
                ("Lin Aster", "I work as a nurse, my brother is a councillor."),
            ]
        )
    )
    assert found == {
        "Per Holm": "facilitator", "Ida Fell": "staff", "Bo Rusk": "elected",
        "Lin Aster": "practitioner",
    }  # fmt: skip


def test_the_roster_decides_and_the_chatham_house_rule_hides_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "people.yaml"
    path.write_text(
        "- name: Ida Fell\n  role: city planner\n- {name: Per Holm, role: élue}\n", "utf-8"
    )
    monkeypatch.setenv("PASSERELLE_ROSTER", str(path))
    talk = exchange([("Ida", "Hello."), ("Per Holm (chair)", "Hello.")])
    read_again()
    try:
        assert speaker_roles(talk) == {"Ida": "staff", "Per Holm (chair)": "elected"}
        monkeypatch.setenv("PASSERELLE_CHATHAM_HOUSE", "1")
        read_again()
        assert set(speaker_roles(talk).values()) == {"unknown"}
    finally:
        monkeypatch.undo()
        read_again()


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [("- name: [", "a.yaml", "line"), ("role\nstaff\n", "a.csv", "line 2: no name"),
     ("just words", "a.yml", "must be a list")],
)  # fmt: skip
def test_a_roster_that_cannot_be_read_says_where(text: str, name: str, told: str) -> None:
    with pytest.raises(UnreadableError, match=told):
        participants(text, name)


def test_every_role_has_a_label_in_both_languages() -> None:
    assert role_labels("en").keys() == role_labels("fr").keys()
    assert role_labels("fr")["staff"] == "Personnel"


def test_letters_tell_speakers_of_one_role_apart() -> None:
    talk = exchange(
        [("Mayor Fell", "We'll pay."), ("Rey", "Why?"), ("Holm", "How?"), ("Rey", "When?")]
    )
    assert lettered(talk) == {("unknown", "Rey"): "A", ("unknown", "Holm"): "B"}


def test_a_riding_behind_a_name_makes_nobody_else() -> None:
    talk = exchange(
        [("Ada Rey", "Why?"), ("Bo Holm", "How?"), ("Ada Rey (Rivebelle)", "When?"),
         ("Resident (north)", "Here."), ("Resident (south)", "There.")]
    )  # fmt: skip
    letters = {speaker: letter for (_, speaker), letter in lettered(talk).items()}
    assert letters["Ada Rey"] == letters["Ada Rey (Rivebelle)"] != letters["Bo Holm"]
    assert letters["Resident (north)"] != letters["Resident (south)"]


def test_letters_go_on_after_z() -> None:
    talk = exchange([(f"speaker {n}", "Yes.") for n in range(28)])
    assert list(lettered(talk).values())[-3:] == ["Z", "AA", "AB"]


def test_under_the_chatham_house_rule_nobody_is_told_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PASSERELLE_CHATHAM_HOUSE", "1")
    read_again()
    try:
        assert lettered(exchange([("Rey", "Why?"), ("Holm", "How?")])) == {}
    finally:
        monkeypatch.undo()
        read_again()


def test_an_office_is_told_as_the_label_or_whoever_introduces_a_speaker_says_it() -> None:
    document = exchange(
        [
            (
                "Ann Lee",
                "Good morning, everyone. With us is Joan Marsh, director of housing, and Bo.",
            ),
            ("Joan Marsh", "Thank you. We pay."),
            ("Head of repairs", "We repair."),
            (
                "Ann Lee",
                "Thank you. Dr Ian Coe, who is chief executive of the council.",
            ),
            ("Dr Ian Coe", "We build."),
        ]
    )
    assert offices(document) == {
        "Joan Marsh": "director of housing",
        "Dr Ian Coe": "chief executive of the council",
    }
    assert speaker_roles(document)["Dr Ian Coe"] == "staff"


def test_a_name_is_no_office_nor_is_a_past_one_and_others_than_officials_have_none() -> None:
    document = exchange(
        [
            ("Rose Mayor", "Good morning. Here is Eva Stone, former director of housing."),
            ("Eva Stone", "Hello. I farm."),
            ("Tenants' representative", "We rent."),
            ("Mark Reckless AM", "We vote."),
        ]
    )
    assert not set(offices(document)) - {"Rose Mayor"}
    assert "Mayor" not in " ".join(offices(document).values())


@pytest.mark.parametrize(
    "said",
    [
        "Councillor Joan Marsh, do you have anything for the minister?",
        "Joan Marsh, the minister said you would resign.",
        "Joan Marsh is the officer on leave for depression.",
        "Joan Marsh, the mayor and the town clerk with us.",
        "Joan Marsh, mayor of Hill Town's wife Bess.",
        "Joan Marsh is absent with the clerk.",
        "Conseillère Joan Marsh, le maire vous a répondu hier soir.",
    ],
)
def test_what_is_only_said_to_somebody_is_no_office_of_theirs(said: str) -> None:
    document = exchange([("Ann Lee", said), ("Councillor Joan Marsh", "We will plant trees.")])
    assert offices(document) == {}


@pytest.mark.parametrize("label", ["Mayor rivers", "Mairesse plante", "Officer strong"])
def test_a_surname_that_is_a_word_makes_a_label_no_office(label: str) -> None:
    assert offices(exchange([(label, "We pay."), ("Town clerk", "We do.")])) == {
        "Town clerk": "town clerk"
    }


def test_a_label_with_its_letter_is_read_again() -> None:
    assert role_in_label("Elected official B: We pay.", "en") == ("elected", " B")
    assert role_in_label("Personne élue\u00a0: On paie.", "fr") == ("elected", "")
    assert role_in_label("The bus: late.", "en") is None
    assert role_in_label("Staff (town clerk): We pay.", "en") == ("staff", "")
    assert without_label("Participant AB: Why?", "en") == "Why?"
    assert without_label("Staff C (town clerk): Why? – Staff: No.", "en") == "Why? – No."
