"""The grade of a draft: what it tells from its source counts, fixed text doesn't."""

from fixtures.briefs import fixed, told

from pipelines.scoring.grades import told_scores

HARD = (
    "Anthropogenic eutrophication considerably exacerbated the deterioration of oligotrophic "
    "lacustrine ecosystems."
)
PLAIN = "This is not known. Ask the town."


def test_fixed_text_does_not_flatter_a_draft() -> None:
    line = told("s1", "findings", HARD, HARD)
    assert told_scores((line, fixed("s2", "limits", PLAIN, PLAIN)), "en") == told_scores(
        (line,), "en"
    )


def test_a_draft_that_tells_nothing_has_no_grade() -> None:
    assert told_scores((fixed("s1", "limits", PLAIN, PLAIN),), "en") == {}
