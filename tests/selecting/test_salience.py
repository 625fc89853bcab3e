"""How much a sentence deserves to be told."""

from fixtures.texts import paper

from pipelines.reading.reading import Reading
from pipelines.selecting.salience import paper_salience


def test_what_the_paper_is_about_is_more_salient_than_an_aside() -> None:
    document = paper(
        ("Abstract", "Benches were associated with more walking among older residents."),
        ("Results", "Older residents with a bench nearby walked more often than the others."),
        ("Results", "The server on which the files were kept was replaced in the second year."),
    )
    _, told, aside = paper_salience(Reading(document))
    assert told > aside
