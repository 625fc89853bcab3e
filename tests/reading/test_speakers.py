"""People are shown by their role; their names are found wherever they stand."""

from corpus.document import Document, Language, Passage, assemble
from pipelines.reading.speakers import role_labels, speaker_roles


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


def test_every_role_has_a_label_in_both_languages() -> None:
    assert role_labels("en").keys() == role_labels("fr").keys()
    assert role_labels("fr")["staff"] == "Personnel"
