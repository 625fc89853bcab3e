"""Plain text in, blocks out: told by their shape alone."""

from __future__ import annotations

import pytest

from corpus.document import Document
from corpus.errors import UnreadableError
from corpus.readers import plaintext as reader

PAPER = """Rent and Health in Three Small Towns

by Jane Doe and John Roe

Date: 2024-05-01
Keywords: rent, health
DOI: 10.1234/Towns.5.

Abstract

We studied the effect of rent on health in three small towns. The re-
sults show that long-term renters visit the clinic more often than own-
ers do. This is a long-
term question.

1. Introduction
The rent has risen by 12% since 2010. It is the most important
cost of a household.

1.1 What do we know?

Some things are known:
- rents rise faster than wages,
  and wages rise slowly
- owners move less

METHODS

We asked 1,200 households in the three towns.

Results: We found that 30% of them had moved.

Acknowledgements

We thank the towns for their help.

References

Roe, J. (2019). On rent. Journal of Towns, 3, 1-9.

Doe, J. (2020). On health. Journal of Health, 4, 10-19.
"""


def blocks(document: Document) -> list[tuple[str, str | None, str]]:
    """Kind, section and text of every block."""
    return [
        (block.kind, block.section, document.text[block.start : block.end])
        for block in document.blocks
    ]


def turns(text: str) -> list[tuple[str | None, float | None, str]]:
    """Speaker, seconds and words of every turn."""
    document = reader.read(text.encode(), "exchange.txt")
    assert document.kind == "exchange"
    return [
        (block.speaker, block.timecode, document.text[block.start : block.end])
        for block in document.blocks
        if block.kind == "turn"
    ]


def test_a_paper_is_read_by_the_shape_of_its_lines() -> None:
    document = reader.read(PAPER.encode(), "rent.txt")
    assert document.kind == "paper"
    assert blocks(document) == [
        ("title", None, "Rent and Health in Three Small Towns"),
        ("metadata", None, "by Jane Doe and John Roe"),
        ("metadata", None, "Date: 2024-05-01"),
        ("metadata", None, "Keywords: rent, health"),
        ("metadata", None, "DOI: 10.1234/Towns.5."),
        ("heading", None, "Abstract"),
        (
            "paragraph",
            "Abstract",
            "We studied the effect of rent on health in three small towns. The results show that "
            "long-term renters visit the clinic more often than owners do. This is a long-term "
            "question.",
        ),
        ("heading", None, "1. Introduction"),
        (
            "paragraph",
            "1. Introduction",
            "The rent has risen by 12% since 2010. It is the most important cost of a household.",
        ),
        ("heading", "1. Introduction", "1.1 What do we know?"),
        ("paragraph", "1. Introduction › 1.1 What do we know?", "Some things are known:"),
        (
            "list_item",
            "1. Introduction › 1.1 What do we know?",
            "rents rise faster than wages, and wages rise slowly",
        ),
        ("list_item", "1. Introduction › 1.1 What do we know?", "owners move less"),
        ("heading", None, "METHODS"),
        ("paragraph", "METHODS", "We asked 1,200 households in the three towns."),
        ("heading", None, "Results"),
        ("paragraph", "Results", "We found that 30% of them had moved."),
        ("heading", None, "Acknowledgements"),
        ("boilerplate", "Acknowledgements", "We thank the towns for their help."),
        ("heading", None, "References"),
        ("reference", "References", "Roe, J. (2019). On rent. Journal of Towns, 3, 1-9."),
        ("reference", "References", "Doe, J. (2020). On health. Journal of Health, 4, 10-19."),
    ]


def test_title_date_and_doi_are_fields_of_the_document() -> None:
    document = reader.read(PAPER.encode(), "rent.txt")
    assert document.title == "Rent and Health in Three Small Towns"
    assert document.published == "2024-05-01"
    assert document.identifiers == {"doi": "10.1234/towns.5"}


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_make_no_difference(line_end: str) -> None:
    expected = blocks(reader.read(PAPER.encode(), "rent.txt"))
    assert blocks(reader.read(PAPER.replace("\n", line_end).encode(), "rent.txt")) == expected


def test_form_feeds_count_pages_even_inside_a_paragraph() -> None:
    text = (
        "La rue est à nous tous et nous y tenons.\n\n"
        "Nous avons demandé à 1 200 ménages ce qu'ils en pensent, et ils ont été nombreux à\n\f"
        "répondre à nos questions.\n\n2\n\fLa ville le sait.\n"
    )
    document = reader.read(text.encode(), "rue.txt")
    assert [(block.kind, block.page) for block in document.blocks] == [
        ("paragraph", 1),
        ("paragraph", 1),
        ("boilerplate", 2),
        ("paragraph", 3),
    ]
    assert document.place(document.text.index("nombreux"))[0] == 1
    assert document.place(document.text.index("répondre"))[0] == 2


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("the re-\nsults", "the results"),
        ("a long-\nterm question", "a long-term question"),
        ("c'est peut-\nêtre vrai", "c'est peut-être vrai"),
        ("c'est-à-\ndire la ville", "c'est-à-dire la ville"),
        ("la ville pourrait-\nelle", "la ville pourrait-elle"),
        ("soft\u00ad\nened", "softened"),
        ("the Paris-\nLyon line", "the Paris- Lyon line"),
        ("a co-op and the co-\nop", "a co-op and the co-op"),
    ],
)
def test_words_parted_at_a_line_end_are_joined(broken: str, whole: str) -> None:
    text = f"This is what we have to say of it, et il est dans la rue: {broken}."
    document = reader.read(
        f"{text}\n".encode(),
        "a.txt",
    )
    assert document.text.endswith(f"{whole}.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Ann Lee: Welcome to you all.\nMarc Roy: Thank you.\nAnn Lee: Who is here?\n",
            [
                ("Ann Lee", None, "Welcome to you all."),
                ("Marc Roy", None, "Thank you."),
                ("Ann Lee", None, "Who is here?"),
            ],
            id="one line a speaker",
        ),
        pytest.param(
            "[00:00:03] Ann Lee (chair): Welcome to\nyou all.\n\n[00:01:15] Marc Roy: Thanks.\n\n"
            "It is a long story.\n[01:01:00] Une participante : Who pays for it?\n",
            [
                ("Ann Lee (chair)", 3, "Welcome to you all."),
                ("Marc Roy", 75, "Thanks. It is a long story."),
                ("Une participante", 3660, "Who pays for it?"),
            ],
            id="timecodes in brackets, roles in parentheses, several paragraphs",
        ),
        pytest.param(
            "00:00:03 Ann Lee\nWelcome to you all.\n\n00:00:09 Marc Roy\nThank you for this.\n",
            [("Ann Lee", 3, "Welcome to you all."), ("Marc Roy", 9, "Thank you for this.")],
            id="timecode and name above the speech",
        ),
        pytest.param(
            "Ann Lee  0:03\nWelcome to you all.\n\nMarc Roy  1:04:09\nThank you for this.\n",
            [("Ann Lee", 3, "Welcome to you all."), ("Marc Roy", 3849, "Thank you for this.")],
            id="name and timecode above the speech",
        ),
        pytest.param(
            "La présidente : Bonjour à vous tous.\n\nM. Roy : Merci.\n\n"
            "Je dis une chose : il faut agir.\n\nLa présidente : Qui va payer?\n",
            [
                ("La présidente", None, "Bonjour à vous tous."),
                ("M. Roy", None, "Merci. Je dis une chose : il faut agir."),
                ("La présidente", None, "Qui va payer?"),
            ],
            id="French colons, and one inside a sentence",
        ),
        pytest.param(
            "[00:00:03] We have to begin, and it is late.\n[00:00:09] Thanks\n"
            "[00:00:12] What is it that you have?\n",
            [
                (None, 3, "We have to begin, and it is late."),
                (None, 9, "Thanks"),
                (None, 12, "What is it that you have?"),
            ],
            id="timecodes without names",
        ),
    ],
)
def test_transcripts_become_turns(
    text: str, expected: list[tuple[str | None, float | None, str]]
) -> None:
    assert turns(text) == expected


def test_a_transcript_keeps_its_title_fields_and_headings() -> None:
    text = (
        "Housing exchange\n\nDate: 2024-05-17\nParticipants: Ann Lee, Marc Roy\n\n"
        "Ann Lee: Welcome to you all.\n\nPart two\n\nMarc Roy: What about the land?\n"
    )
    document = reader.read(text.encode(), "a.txt")
    assert (document.title, document.published) == ("Housing exchange", "2024-05-17")
    assert blocks(document) == [
        ("title", None, "Housing exchange"),
        ("metadata", None, "Date: 2024-05-17"),
        ("metadata", None, "Participants: Ann Lee, Marc Roy"),
        ("turn", None, "Welcome to you all."),
        ("heading", None, "Part two"),
        ("turn", "Part two", "What about the land?"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Background: The rent has risen in the towns.\n\nMethods: We asked them about it.\n\n"
        "Results: It was 12% higher than in 2010.\n",
        "Density: the number of homes in an area.\n\nRent: what is paid for a home.\n\n"
        "Tenure: how a home is held.\n\nZoning: what may be built.\n",
    ],
    ids=["a structured abstract", "a glossary"],
)
def test_labels_of_a_paper_are_not_speakers(text: str) -> None:
    document = reader.read(text.encode(), "a.txt")
    assert document.kind == "paper"
    assert all(block.speaker is None for block in document.blocks)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04\x00\x00 archive", "holds binary data, not text"),
        ("Что мы знаем о жилье в городах".encode("cp1251"), "neither UTF-8 nor Windows-1252"),
        ("L'été a été très sec, et là où il a plu, ".encode() + b"\xff", "damaged UTF-8 at byte"),
        (b"\xff\xfeA", "damaged UTF-16"),
        (b"A Title And Nothing Else\n\n12\n", "no sentence to read"),
    ],
)
def test_what_is_not_text_is_refused_in_one_line(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason) as refusal:
        reader.read(content, "broken.txt")
    assert str(refusal.value).startswith("broken.txt: ")
    assert "\n" not in str(refusal.value)


def test_items_of_minutes_are_each_a_line_of_their_own() -> None:
    text = """Minutes of the patios workshop

Attendance: four shop owners and a planner.

Decision: patios stay open until the middle of March.
Question: who pays for the lamps
Action: the planner orders twelve
lamps by May.
"""
    document = reader.read(text.encode(), "notes.txt")
    items = [document.text[b.start : b.end] for b in document.blocks if b.kind == "list_item"]
    assert items == [
        "Decision: patios stay open until the middle of March.",
        "Question: who pays for the lamps",
        "Action: the planner orders twelve lamps by May.",
    ]
