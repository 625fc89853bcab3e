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
        ("fr", "On vous enverra la carte d’ici la fin de juin 2026.", "d’ici la fin de juin 2026"),
        ("fr", "Je vais l’amener à la prochaine réunion, le 12 mars.", "12 mars"),
        ("fr", "On a planté 40 arbres le 3 mai.", None),
    ],
)
def test_by_when_is_told_with_all_of_its_date(
    language: Language, text: str, by_when: str | None
) -> None:
    assert deadline(text, language) == by_when
