"""A line that points at what its page doesn't name gives way to another that is as likely."""

from __future__ import annotations

import pytest

from corpus.document import Language
from pipelines.rewrite.pointing import named, points_off_page

OFF = [
    ("en", "These possibilities could not be tested."),
    ("en", "Scores in both groups rose."),
    ("en", "The remaining ponds froze."),
    ("en", "The proposed method works."),
    ("en", "There were no differences between the 2 groups in May."),
    ("fr", "Ces possibilités n’ont pas été vérifiées."),
    ("fr", "Les deux groupes ont gagné."),
]
ON = [
    # what every study has; what is told right behind, or named in the line itself
    ("en", "This study has limits."),
    ("en", "Those people at risk gained most."),
    ("en", "Both men and women gained."),
    ("en", "Both measured and reported scores rose."),
    ("en", "Fans cooled old homes, and these homes were many."),
    # behind the first verb: what the line has told
    ("en", "Fans may help the old, and this approach should be tried."),
    ("fr", "Cette étude a des limites."),
    ("fr", "Ces ménages de la ville ont gagné."),
]


@pytest.mark.parametrize(("language", "text"), OFF)
def test_what_the_page_lacks_is_pointed_at_in_vain(language: Language, text: str) -> None:
    assert points_off_page(text, set(), language)


@pytest.mark.parametrize(("language", "text"), ON)
def test_what_the_line_tells_itself_may_be_pointed_at(language: Language, text: str) -> None:
    assert not points_off_page(text, set(), language)


def test_what_an_earlier_line_names_may_be_pointed_at() -> None:
    page = named(["Two groups of pupils took part."], "en")
    assert not points_off_page("Scores in both groups rose.", page, "en")
    assert points_off_page("Scores in both towns rose.", page, "en")
