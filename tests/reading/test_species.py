"""What was found in animals alone is told as found in them."""

from __future__ import annotations

import pytest

from corpus.document import Document, Language, Passage, assemble
from pipelines.reading.species import Species, names_people, species
from pipelines.rewrite.named_species import name_species


def paper(title: str, *sentences: str, language: Language = "en") -> Document:
    passages = [Passage(title, "title"), Passage(" ".join(sentences), "paragraph", "Abstract")]
    text, blocks, anchors = assemble(passages)
    return Document(
        "a" * 16, "paper", language, title, (), {}, None, "x.md", "0" * 64, text, blocks, anchors
    )


STUDIED: list[tuple[Language, str, str, tuple[str, ...]]] = [
    ("en", "A tea extract", "We gave the extract to rats and mice.", ()),
    ("en", "A tea extract", "We tested the extract in rats and mice.", ("rats", "mice")),
    ("en", "A tea extract in mice", "Plaques shrank.", ("mice",)),
    ("en", "A murine model of asthma", "Airways widened.", ("mice",)),
    # what is only compared with an animal isn't studied in one
    ("en", "Moth wings", "We show that moths, which parted from drosophila early, glow.", ()),
    # where people took part, nothing is put before the lines
    ("en", "A tea extract", "We tested it in rats, then in 40 volunteers.", ()),
    ("fr", "Un extrait de thé", "Nous avons testé l’extrait chez des rats.", ("rats",)),
    ("fr", "Un extrait de thé", "Nous l’avons donné à 40 participants.", ()),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "abstract", "names"), STUDIED)
def test_the_animals_are_those_that_the_paper_says_it_studied(
    language: Language, title: str, abstract: str, names: tuple[str, ...]
) -> None:
    found = species(paper(title, abstract, language=language))
    assert (found.names if found else ()) == names


def test_the_sentence_that_names_them_is_the_evidence() -> None:
    source = paper("A tea extract", "Tea is old.", "We tested the extract in rats.")
    found = species(source)
    assert found is not None
    assert source.text[found.start : found.end] == "We tested the extract in rats."


NAMED: list[tuple[Language, tuple[str, ...], str, str | None]] = [
    ("en", ("rats", "mice"), "It is safe.", "In this study of rats and mice, it is safe."),
    ("en", ("mice",), "DNA was repaired.", "In this study of mice, DNA was repaired."),
    ("en", ("mice",), "Plaques shrank in mice.", None),
    ("en", ("mice",), "Children were not studied.", None),
    ("fr", ("rats",), "L’extrait est sûr.", "Dans cette étude (rats), l’extrait est sûr."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "names", "text", "wanted"), NAMED)
def test_a_line_that_names_nobody_is_told_of_them(
    language: Language, names: tuple[str, ...], text: str, wanted: str | None
) -> None:
    assert name_species(text, Species(names, 0, 1), language) == wanted


PEOPLE: list[tuple[Language, str, str, bool]] = [
    ("en", "Coat length in cashmere goats", "Individuals in the sun had shorter coats.", False),
    ("en", "A tea extract", "We gave it to individuals recruited in two towns.", True),
    ("en", "Asthma and traffic", "Individuals near roads were among the patients.", True),
    ("fr", "Le pelage de la chèvre", "Les individus nés au printemps pesaient plus.", False),
    ("fr", "L’asthme et la route", "Les individus étaient des enfants de deux villes.", True),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "abstract", "some"), PEOPLE)
def test_a_paper_is_about_people_where_title_or_abstract_name_some(
    language: Language, title: str, abstract: str, some: bool
) -> None:
    assert names_people(paper(title, abstract, language=language)) is some
