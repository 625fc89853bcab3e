"""What becomes of commitments from one exchange to the next, by the words that say so."""

from fixtures.texts import exchange

from corpus.document import Document
from pipelines.brief import Point, PointKind
from pipelines.reading.reading import Reading
from pipelines.selecting.ledger import Held, commitments, taken_up

MAP = "We will publish the map of the public benches by the end of June."


def held(document: Document, **kinds: PointKind) -> Held:
    """An exchange in which the sentences that begin with these words are points of a kind."""
    reading = Reading(document)
    points = [
        Point(i, s.start, s.end, kind, "staff", document.place(s.start)[1], 1.0)
        for i, s in enumerate(reading.sentences)
        for word, kind in kinds.items()
        if reading.text(i).startswith(word)
    ]
    return Held(reading, points)


MADE = held(exchange(("Ann", MAP), ("Bo", "Good.")), We="commitment")


def test_a_commitment_is_open_until_something_is_said_of_it() -> None:
    quiet = held(exchange(("Ann", "The harbour needs a new crane.")))
    (one,) = commitments([MADE, quiet])
    assert (one.state, one.who, one.by) == ("open", "staff", "by the end of June")
    assert one.changes == ()


def test_it_is_done_where_a_later_exchange_reports_it() -> None:
    later = held(exchange(("Ann", "We published the map of the public benches in May.")))
    (one,) = commitments([MADE, later])
    assert one.state == "done"
    place = one.changes[0].place
    assert later.reading.document.text[place.start : place.end].startswith("We published")


def test_it_is_renewed_where_it_is_made_again_and_is_not_listed_twice() -> None:
    again = held(
        exchange(("Ann", "We will publish the map of public benches in July.")), We="commitment"
    )
    (one,) = commitments([MADE, again])
    assert one.state == "renewed"


def test_what_is_denied_or_asked_changes_nothing() -> None:
    for said in (
        "We have not published the map of the public benches.",
        "Have you published the map of the public benches?",
    ):
        assert commitments([MADE, held(exchange(("Ann", said)))])[0].state == "open"


def test_an_innovation_that_another_exchange_asks_about_is_taken_up() -> None:
    tried = held(exchange(("Ann", "We tried heated benches at the bus stops.")), We="innovation")
    asks = held(exchange(("Bo", "Has anyone tried heated benches at bus stops?")), Has="question")
    other = held(exchange(("Bo", "Has anyone a map of the wells?")), Has="question")
    (one,) = taken_up([tried, asks, other])
    assert one.question.document == asks.reading.document.id
