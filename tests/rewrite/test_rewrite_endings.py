"""What ends a sentence without a verb of its own, and what is whole when it is read alone."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

import pytest
from rewording import each, lost

from pipelines.rewrite.additions import split_ending, split_participle
from pipelines.rewrite.split import split_whole

ENDINGS = [
    ("Waiting times fell in both clinics, with no change in the third clinic.",
     "Waiting times fell in both clinics. There was no change in the third clinic."),
    ("Rents rose across the region, with significantly greater gains in the old town.",
     "Rents rose across the region. There were significantly greater gains in the old town."),
    ("The fees grow every year, with a drop in the number of riders.",
     "The fees grow every year. There is a drop in the number of riders."),
    ("The rate of falls was 0.05 per year after the move, similar to the rate of 0.06 before it.",
     "The rate of falls was 0.05 per year after the move. This was similar to the rate of 0.06 before it."),
    ("Care is slow in the region, with poor communication between the clinics of both towns.",
     "Care is slow in the region. There is poor communication between the clinics of both towns."),
    ("The towns cut their water use in 2019, a change that saved money in every street.",
     "The towns cut their water use in 2019. This change saved money in every street."),
]  # fmt: skip
STAYS = [
    # what may be is no fact
    "Sales may rise after the move, with a drop in costs for users.",
    # nothing that there can be more or less of
    "The town opened a clinic in 2019, with a mean age of staff of 45 years.",
    "The town opened a clinic in 2019, with nurses and doctors from the north.",
    # a list, and a verb of its own
    "Waiting times fell in both clinics, with no change in the third, and the staff left.",
    "Waiting times fell in both clinics, with changes that were seen in the third.",
    # a condition
    "If waiting times fall in both clinics, with no change in the third, we stay.",
    "The town sold a pool, a park that cooled the street.",
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), ENDINGS)
def test_an_ending_becomes_a_sentence(text: str, wanted: str) -> None:
    assert each(text, "en", split_ending) == [wanted]
    assert lost(text, wanted) <= {"with", "a", "that"}


@pytest.mark.parametrize("text", STAYS)
def test_an_ending_stays_where_it_may_not_be_a_fact(text: str) -> None:
    assert each(text, "en", split_ending) == []


def test_only_english_endings_are_split() -> None:
    text = "Les loyers ont monté dans la région, avec une baisse dans la vieille ville."
    assert each(text, "fr", split_ending) == []


READ_ALONE = [
    ("This is a relatively small look-back study, hence the results cannot be generalized and must be read with caution.",
     "This is a relatively small look-back study. So the results cannot be generalized and must be read with caution."),
    ("The women of 40 years or less showed a greater gain in weight (0.86 kg/y) compared to the older women (0.64 kg/year); no differences by town were seen in other age groups.",
     "The women of 40 years or less showed a greater gain in weight (0.86 kg/y) compared to the older women (0.64 kg/year). No differences by town were seen in other age groups."),
    ("The goats were washed, fed, and led to the field, and they were kept in a dark shed at night.",
     "The goats were washed, fed, and led to the field. They were kept in a dark shed at night."),
    ("The towns of the region have several plans and there is no rule for the yearly reviews.",
     "The towns of the region have several plans. There is no rule for the yearly reviews."),
    ("The tumours were seen in young patients, and the share of them rose as the age of the patients rose.",
     "The tumours were seen in young patients. The share of them rose as the age of the patients rose."),
    ("The clinics lost a third of their nurses and the wards of the old hospital were closed.",
     "The clinics lost a third of their nurses. The wards of the old hospital were closed."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), READ_ALONE)
def test_what_is_whole_when_read_alone_is_parted(text: str, wanted: str) -> None:
    assert each(text, "en", split_whole) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "It is likely that the prices rise in May, and demand falls in June.",
        "If the prices rise in the summer, hence the demand falls in the winter.",
        "The council says that the prices rise, thus the demand of all towns falls.",
        "In May the prices of the buses rose, hence the demand of all towns fell.",
        "They asked whether the prices and the wages of the town were high.",
        "The wages rose in the town, and the prices rise if the demand goes on.",
    ],
)
def test_what_frames_both_halves_keeps_them_together(text: str) -> None:
    assert each(text, "en", split_whole) == []


def test_a_meaning_at_the_end_is_told_however_the_rest_is_parsed() -> None:
    text = "The sleep quality of night nurses improved after the move, regardless of the type of ward, suggesting that quiet wards might help them."
    assert each(text, "en", split_participle) == [
        "The sleep quality of night nurses improved after the move, regardless of the type of ward. This suggests that quiet wards might help them."
    ]
