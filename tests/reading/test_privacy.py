"""Nobody's name, address or number is told; public bodies, places and cited authors stay."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document, Language, Passage, assemble
from corpus.settings_base import read_again
from pipelines.brief import Evidence, Segment, Target
from pipelines.reading.privacy import contacts, masked, masked_text, people, private_spans
from pipelines.reading.reading import readings_of
from pipelines.suites import evaluate
from pipelines.verification.pair import pair_of
from pipelines.verification.privately import privacy


def exchange(turns: list[tuple[str | None, str]], language: Language = "en") -> Document:
    whole, blocks, anchors = assemble(
        Passage(text, "turn", speaker=speaker) for speaker, text in turns
    )
    return Document(
        "a" * 16, "exchange", language, None, (), {}, None, "x.vtt", "", whole, blocks, anchors
    )


def hidden(text: str, language: Language = "en", speaker: str | None = None) -> list[str]:
    return hidden_in(exchange([(speaker, text)], language))


def hidden_in(document: Document) -> list[str]:
    return [document.text[one.start : one.end] for one in private_spans(document)]


PERSONS = [
    ("en", "I'll write to Ngozi Adeyemi, she runs the pantry.", ["Ngozi Adeyemi"]),
    ("en", "Mrs. Quillfeather and Mr. Stone disagree.", ["Mrs. Quillfeather", "Mr. Stone"]),
    ("en", "please tell devika raman about the drains", ["devika raman"]),
    ("en", "thanks mark, the pumps are mine", ["mark"]),
    ("en", "Grace, could you begin?", ["Grace"]),
    ("en", "No, ridership didn't change at all.", []),
    ("en", "yes, walkability matters here", []),
    ("en", "That was Oksana's plan.", ["Oksana"]),
    ("en", "We heard that Zbrin Toklow sold the mill.", ["Zbrin Toklow"]),
    ("en", "Councillor Ferris seconded it.", ["Councillor Ferris"]),
    ("fr", "On a demandé à Thaïs Lemelin d'ouvrir.", ["Thaïs Lemelin"]),
    ("fr", "Mme D'Astous et M. Le Gall sont d'accord.", ["Mme D'Astous", "M. Le Gall"]),
    ("fr", "il faut appeler hamza belkacem demain matin", ["hamza belkacem"]),
    ("fr", "Selon Ousmane, le pont tient.", ["Ousmane"]),
    ("en", "Minister Lavigueur promised us a bridge.", ["Minister Lavigueur"]),
    ("fr", "Le général de Villemur a parlé.", ["général de Villemur"]),
    ("en", "i am speaking for ernest cook who could not come", ["ernest cook"]),
    ("fr", "je parle au nom de réjean côté qui est malade", ["réjean côté"]),
    ("en", "My landlord is called Hye-jin Ward.", ["Hye-jin Ward"]),
    ("en", "The grant was written by Soraya Lind.", ["Soraya Lind"]),
    ("fr", "monsieur mitterrand l'a dit d'abord", ["monsieur mitterrand"]),
    ("fr", "vous, monsieur giscard d'estaing, d'abord", ["monsieur giscard d'estaing"]),
    ("fr", "ce que propose emmanuel macron coûte cher", ["emmanuel macron"]),
    ("fr", "Reine Le Port a voté contre.", ["Reine Le Port"]),
    ("fr", "Ousmane Lind Première question : qui paie ?", ["Ousmane Lind"]),
    ("en", "Today Bill said no.", ["Bill"]),
    ("en", "They heard what Reid's report says, and the Reid recommendations.", ["Reid", "Reid"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "names"), PERSONS)
def test_whoever_is_named_is_found(language: Language, text: str, names: list[str]) -> None:
    assert hidden(text, language) == names


STAYING: list[tuple[Language, str]] = [
    ("en", "The Harbour Commission and the City of Moncton will share the Clean Water Act money."),
    ("en", "Thank you, Madam Chair. The Minister of Transport answered on Tuesday."),
    ("en", "The study by Arden shows it, and so do Lowell et al. and Reyes (2019)."),
    ("en", "We should close Maple Street in July. May I ask why?"),
    ("en", "Will the library open? Mark the date. I hope so."),
    ("en", "Will the RTA Bill pass? The Oram and Reid reviews say so, and the Reid report."),
    ("en", "Finality is fine. True. Done! I liked this summer's series."),
    ("fr", "À Odrane, la régie paie. Elle est née à Sainte-Flavie, près d'Odrane-Plateau."),
    ("fr", "La croissance, madame. Vous oubliez la croissance."),
    ("fr", "Le ministère des Transports et la Ville de Rimouski paieront la rue Saint-Paul."),
    ("fr", "Monsieur le maire, la Loi sur l'eau est claire. Merci beaucoup."),
    ("fr", "L'école Marguerite-Bourgeoys est fermée le mardi."),
]


@pytest.mark.parametrize(("language", "text"), STAYING)
def test_bodies_places_laws_and_cited_authors_stay(language: Language, text: str) -> None:
    assert hidden(text, language) == []


CONTACTS = [
    (
        "write to o.adeyemi+pumps@mail.example.org today",
        "o.adeyemi+pumps@mail.example.org",
        "email",
    ),
    ("it is ana dot roy at example dot org", "ana dot roy at example dot org", "email"),
    ("call 902-555-0188, ext. 12, please", "902-555-0188, ext. 12", "telephone"),
    ("au 06 12 34 56 78 le soir", "06 12 34 56 78", "telephone"),
    ("six one three five five five zero one four seven", None, "telephone"),
    ("at 14 Old Mill Road, Apt 3, every spring", "14 Old Mill Road, Apt 3", "address"),
    ("au 1220, rue des Pivoines, chaque printemps", "1220, rue des Pivoines", "address"),
]


@pytest.mark.parametrize(("text", "piece", "kind"), CONTACTS)
def test_addresses_and_numbers_are_found(text: str, piece: str | None, kind: str) -> None:
    (found,) = contacts(text)
    assert (text[found.start : found.end], found.kind) == (piece or text, kind)


@pytest.mark.parametrize(
    "text",
    ["We spent 40 000 000 $ in 2024-2025.", "From 10:05 to 11:30, pages 120-135.",
     "There are two side streets and 3 main streets.", "Bill C-12 passed 14 to 2."],
)  # fmt: skip
def test_other_numbers_are_none(text: str) -> None:
    assert contacts(text) == []


def test_a_speaker_is_found_wherever_named_and_however_written() -> None:
    document = exchange(
        [("tomr", "Hello."), ("Ada Brook", "As tomr said, Brook is my name."), (None, "ok tomr")]
    )
    assert [document.text[one.start : one.end] for one in private_spans(document)] == [
        "tomr", "Brook", "tomr",
    ]  # fmt: skip
    assert people(document) >= {"tomr"}


def test_what_is_only_likely_a_name_is_masked_and_marked() -> None:
    document = exchange([(None, "The drains that Plimsworth built are full.")])
    (found,) = private_spans(document)
    assert not found.sure


def test_a_family_name_that_is_a_word_is_known_from_the_full_name() -> None:
    document = exchange(
        [(None, "Ian Diamond led the review."), (None, "We wait for the Diamond money.")]
    )
    assert [document.text[one.start : one.end] for one in private_spans(document)] == [
        "Ian Diamond", "Diamond",
    ]  # fmt: skip


def test_where_names_are_written_with_capitals_a_rare_word_is_none() -> None:
    rare: tuple[str | None, str] = (None, "They ask for what we would call flumbery rules.")
    assert hidden_in(exchange([rare])) == ["flumbery"]
    large: list[tuple[str | None, str]] = [
        (None, f"Then {name} Okafor spoke.") for name in ("Sam", "Lena", "Ida", "Peter")
    ]
    assert "flumbery" not in hidden_in(exchange([*large * 3, rare]))


def test_where_sentences_begin_with_a_capital_few_names_are_enough_to_tell() -> None:
    asked = (
        "They ask for what we would call flumbery rules. Ann Roy, Lena Okafor and Paul Coe agreed."
    )
    said: list[tuple[str | None, str]] = [(None, "We wait. The budget comes. It is fine.")]
    assert "flumbery" in hidden_in(exchange([(None, asked)]))
    assert "flumbery" not in hidden_in(exchange([*said * 20, (None, asked)]))


@pytest.mark.parametrize("name", ["jack frost", "amber field", "grace hill", "mark stone", "mark"])
def test_names_in_small_letters_are_left_out_of_sentences_that_begin_with_a_capital(
    name: str,
) -> None:
    said: list[tuple[str | None, str]] = [(None, "We wait. The budget comes. It is fine.")]
    asked = f"Ann Roy, Lena Okafor and Paul Brook came. Thanks, {name}."
    assert name in hidden_in(exchange([*said * 20, (None, asked)]))


def test_what_is_numbered_or_a_law_throughout_is_nobody() -> None:
    said = "Is Lodenet 6 out? Lodenet 7 comes next. The Bill waits; the new Bill, the Bill."
    assert hidden(said) == []


@pytest.mark.parametrize(
    "said", ["Oksana Rey reports a leak.", "When Oksana acts as chair, we end at six."]
)
def test_who_does_something_is_no_report_and_no_law(said: str) -> None:
    assert any("Oksana" in name for name in hidden(said))


def test_a_report_called_after_one_who_speaks_there_names_them() -> None:
    assert hidden("We read the Reid report.", speaker="Ada Reid") == ["Reid"]


def test_a_title_or_file_name_loses_its_names_and_a_paper_keeps_them() -> None:
    document = exchange([("Ada Brook", "Hello.")])
    assert masked_text(document, "Call with Ada Brook") == "Call with [name left out]"
    assert masked(document, 0, 6) == "Hello."


def test_whoever_agreed_is_named_but_not_under_the_chatham_house_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "people.csv"
    path.write_text("nom;rôle;consentement\nNgozi Adeyemi;élue;oui\nTom Reed;staff;no\n", "utf-8")
    monkeypatch.setenv("PASSERELLE_ROSTER", str(path))
    read_again()
    try:
        assert hidden("Ngozi Adeyemi and Tom Reed met.") == ["Tom Reed"]
        monkeypatch.setenv("PASSERELLE_CHATHAM_HOUSE", "1")
        read_again()
        assert hidden("Ngozi Adeyemi and Tom Reed met.") == ["Ngozi Adeyemi", "Tom Reed"]
    finally:
        monkeypatch.undo()
        read_again()


@given(st.text(max_size=80))
def test_any_text_is_read_and_spans_stand_apart_inside_it(text: str) -> None:
    found = contacts(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_the_suite_counts_leaks_and_needless_masks(tmp_path: Path) -> None:
    lines = [
        {"text": "Ask Ngozi Adeyemi about it.", "language": "en", "private": ["Ngozi Adeyemi"]},
        {"text": "The bus is late.", "language": "en", "private": ["bus"], "kept": ["late"]},
    ]
    path = tmp_path / "names.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert evaluate("names", path) == {
        "planted": 2, "leaks": 1, "leaked": 0.5, "people": 0, "people_told": None,
        "needless_masks": 0.0, "kept_words_masked": 0.0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        (
            "fr",
            "On l'envoie à Mme d'Aubert de la mairie.",
            "On l'envoie à [nom omis] de la mairie.",
        ),
        ("fr", "Le chalet d'Amélie Roy est loin.", "Le chalet d'[nom omis] est loin."),
        ("fr", "L'Etat paie la moitié.", "L'Etat paie la moitié."),
        ("en", "We sent it to Ann d'Arcy, too.", "We sent it to [name left out], too."),
    ],
)
def test_a_name_with_a_particle_is_left_out_whole(
    language: Language, text: str, shown: str
) -> None:
    document = exchange([("a", text)], language)
    assert masked(document, 0, len(document.text)) == shown


def test_a_line_may_name_a_public_review_but_nobody_who_speaks() -> None:
    said = "We wait for the Oram and Reid reviews."
    for speaker, refused in ((None, False), ("Ada Reid", True)):
        document = exchange([(speaker, "Reid asked for it."), (None, said)])
        assert "reid" in people(document)
        start = document.text.index("We wait")
        quote = Evidence(document.id, start, start + len(said), said)
        line = Segment("s1", "evidence", said, "en", Target("fr"), evidence=(quote,))
        found = list(privacy(pair_of(line, readings_of([document]))))
        assert bool(found) is refused
