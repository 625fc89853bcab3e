"""What a sentence of an exchange shows of itself: by when something is to be done."""

import pytest

from corpus.document import Language
from models.point_features import deadline


@pytest.mark.parametrize(
    ("language", "text", "by_when"),
    [
        ("en", "We'll send the map by March 15, to all of you.", "by March 15"),
        ("en", "We will do so by Friday, March 3, 2026, or later.", "by Friday, March 3, 2026"),
        ("en", "You will have it by the end of June.", "by the end of June"),
        ("en", "I'll bring it to council on April 9.", "April 9"),
        ("en", "On March 3 we met; we'll write again.", None),  # the day is no deadline
        ("en", "We planted 40 trees in 2019.", None),
        ("en", "We'll pay as soon as the money comes.", None),
        ("en", "I said at the meeting that we will pay.", None),
        ("fr", "À bientôt, on va payer les bancs.", None),
        ("fr", "On vous enverra la carte d’ici la fin de juin 2026.", "d’ici la fin de juin 2026"),
        (
            "fr",
            "Je vais l’amener à la prochaine réunion, le 12 mars.",
            "à la prochaine réunion, le 12 mars",
        ),
        ("fr", "On a planté 40 arbres le 3 mai.", None),
        # a whole phrase, with its period or event
        ("en", "I'll send the map tonight.", "tonight"),
        ("en", "We'll vote on the benches this week.", "this week"),
        ("en", "I'll bring the keys tomorrow morning.", "tomorrow morning"),
        ("en", "We'll paint it, next sprint probably.", "next sprint"),
        ("en", "I'll have the counts for the next call.", "for the next call"),
        ("en", "Then it goes in, I'll add it after the call.", "after the call"),
        ("en", "It will open in the new year.", "in the new year"),
        ("en", "We hope to publish it during this term.", "during this term"),
        ("en", "We'll open the park in 2031.", "in 2031"),
        ("fr", "On plantera le verger avant la fin de 2031, au sud.", "avant la fin de 2031"),
        ("fr", "On plantera le verger d'ici la fin de 2031.", "d'ici la fin de 2031"),
        ("fr", "Nous paierons les bancs dès la première année.", "dès la première année"),
        ("fr", "Je double le budget des parcs au premier budget.", "au premier budget"),
        ("fr", "Je vous l'envoie demain matin.", "demain matin"),
        # counted from the past, only supposed, or no time at all
        ("en", "In the weeks since that time we counted bikes.", None),
        ("en", "If in two years it hasn't grown, we'll move it.", None),
        ("fr", "Dans les années 1980, on a fermé le port.", None),
        ("fr", "Dès que le pont ouvre, on roulera.", None),
        ("fr", "Depuis la fin de l'année, on compte les vélos.", None),
    ],
)
def test_by_when_is_told_with_all_of_its_date(
    language: Language, text: str, by_when: str | None
) -> None:
    assert deadline(text, language) == by_when
