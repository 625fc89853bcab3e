"""People are shown by their role; their names are found wherever they stand."""

import pytest

from corpus.document import Document, Language, Passage, assemble
from pipelines.reading.speakers import name_spans, role_labels, speaker_names, speaker_roles


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


def test_a_department_beside_a_name_is_staff() -> None:
    label = "Josée – génie municipal"
    assert speaker_roles(exchange([(label, "On a creusé un bassin.")], "fr"))[label] == "staff"


def test_names_are_taken_from_labels_without_titles() -> None:
    names = speaker_names(exchange([("Councillor Vance", "Hi."), ("Marisol Pike", "Hello.")]))
    assert names >= {"Vance", "Marisol", "Pike", "Marisol Pike"}
    assert "Councillor" not in names


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Thanks, Marisol, for the map.", ["Marisol"]),
        ("I asked Marisol Pike about it.", ["Marisol Pike"]),
        ("Ms. Quill said so.", ["Ms. Quill"]),
        ("Vance's street flooded.", ["Vance's"]),
        ("The pike is a fish.", []),
        ("Nobody asked.", []),
        ("I'm Marisol, and And Vance left.", ["Marisol", "Vance"]),
    ],
)
def test_a_named_person_is_found_in_a_sentence(text: str, hidden: list[str]) -> None:
    names = frozenset({"Vance", "Marisol", "Pike", "Marisol Pike"})
    assert [text[start:end] for start, end in name_spans(text, names, "en")] == hidden


def test_every_role_has_a_label_in_both_languages() -> None:
    assert role_labels("en").keys() == role_labels("fr").keys()
    assert role_labels("fr")["staff"] == "Personnel"
