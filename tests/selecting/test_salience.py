"""How much a sentence deserves to be told."""

from fixtures import papers
from fixtures.papers import WHOLE_BENCHES, place, standin, with_more
from fixtures.texts import paper

from pipelines.reading.reading import Reading
from pipelines.selecting.salience import paper_salience


def test_what_the_paper_found_is_more_salient_than_an_aside() -> None:
    aside = "The server on which the files were kept was replaced in the second year."
    reading = Reading(with_more("Results", aside))
    salience = paper_salience(reading)
    for text in (papers.MAIN, papers.MORE, papers.FALLS, papers.LIMIT, papers.ADVICE):
        assert salience[place(reading, text)] > salience[place(reading, aside)]


def test_it_is_the_likeliest_of_what_is_told_for_its_worth() -> None:
    source = paper(("Results", f"{papers.MORE} {papers.LIMIT} {papers.SAMPLE} {papers.PROBLEM}"))
    reading = standin(
        source,
        main_finding={papers.MORE: 0.3},
        finding={papers.MORE: 0.7, papers.LIMIT: 0.2},
        limit={papers.LIMIT: 0.6},
        sample={papers.SAMPLE: 0.9},
        problem={papers.PROBLEM: 0.9},
    )
    assert paper_salience(reading) == (0.7, 0.6, 0.0, 0.0)


def test_it_is_between_0_and_1_for_each_sentence_and_none_for_no_sentence() -> None:
    reading = Reading(WHOLE_BENCHES)
    salience = paper_salience(reading)
    assert len(salience) == len(reading.sentences)
    assert all(0 <= value <= 1 for value in salience)
    assert paper_salience(Reading(paper())) == ()
