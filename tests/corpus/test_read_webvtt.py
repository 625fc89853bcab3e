"""WebVTT in, turns out: who spoke, when, and every word once."""

from __future__ import annotations

from html import escape
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from webvtt import WebVTT

from corpus.document import Document, normalize
from corpus.errors import UnreadableError
from corpus.readers import read
from corpus.readers import webvtt as reader
from corpus.readers.exports import is_notice
from corpus.readers.subtitles import subtitles
from corpus.readers.turns import LOOP

FULL = """WEBVTT - Learning exchange on flood-ready towns
Kind: captions
Language: en

NOTE
Title: Flood-ready towns
Date: 2024-05-17

STYLE
::cue { color: red }

REGION
id:speaker
width:40%

opening
00:01.000 --> 00:04.500 align:start line:0
<v.loud Ann Lee>Welcome to the <i>exchange</i> &amp; thank you
for being here.</v>

00:04.500 --> 00:07.000
<v Ann Lee>We have <00:00:05.000><c.yellow>an hour.</c>

01:02:03.250 --> 01:02:05.000
<v Marc Roy>Who pays for it?</v>
<v Ann Lee>The city, with p < 0.05.</v>
"""


def turns(text: str, name: str = "exchange.vtt") -> list[tuple[str | None, str]]:
    """The (speaker, words) of every turn."""
    return spoken(reader.read(text.encode(), name))


def spoken(document: Document) -> list[tuple[str | None, str]]:
    return [
        (block.speaker, document.text[block.start : block.end])
        for block in document.blocks
        if block.kind == "turn"
    ]


def cues(*texts: str, length: float = 2.0) -> str:
    """A file with one cue after the other, without pauses."""
    times = [(i * length, (i + 1) * length) for i in range(len(texts))]
    body = [
        f"{stamp(start)} --> {stamp(end)}\n{text}"
        for (start, end), text in zip(times, texts, strict=True)
    ]
    return "\n\n".join(["WEBVTT", *body]) + "\n"


def stamp(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes):02}:{rest:06.3f}"


def test_voice_tags_become_turns_with_speaker_and_timecode() -> None:
    document = reader.read(FULL.encode(), "flood.vtt")
    assert document.kind == "exchange"
    assert document.language == "en"
    assert spoken(document) == [
        ("Ann Lee", "Welcome to the exchange & thank you for being here. We have an hour."),
        ("Marc Roy", "Who pays for it?"),
        ("Ann Lee", "The city, with p < 0.05."),
    ]
    assert [block.timecode for block in document.blocks] == [None, 1.0, 3723.25, 3723.25]


def test_a_note_names_title_and_date() -> None:
    document = reader.read(FULL.encode(), "flood.vtt")
    assert (document.title, document.published) == ("Flood-ready towns", "2024-05-17")
    assert document.blocks[0].kind == "title"


@pytest.mark.parametrize(
    ("header", "title"),
    [
        ("WEBVTT - Rent and land", "Rent and land"),
        ("WEBVTT\n\nNOTE Titre : Loyers et terrains", "Loyers et terrains"),
        ("WEBVTT - Old name\n\nNOTE Title: Rent and land", "Rent and land"),
        ("WEBVTT", None),
        ("WEBVTT FILE", None),
    ],
)
def test_the_title_is_the_one_the_file_states(header: str, title: str | None) -> None:
    text = f"{header}\n\n00:01.000 --> 00:02.000\n<v Ann>This is what we have to do.\n"
    assert reader.read(text.encode(), "a.vtt").title == title


def test_a_sentence_keeps_the_time_of_its_own_cue() -> None:
    document = reader.read(FULL.encode(), "flood.vtt")
    assert document.place(document.text.index("We have an hour"))[1] == 4.5
    assert document.place(document.text.index("Welcome"))[1] == 1.0


def test_the_stated_language_is_kept() -> None:
    text = "WEBVTT\nLanguage: fr-CA\n\n00:01.000 --> 00:02.000\n<v Ann>OK.\n"
    assert reader.read(text.encode(), "a.vtt").language == "fr"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(
            ["Ann Lee: Welcome to you all.", "Marc Roy: Thank you.", "Marc Roy: It is good."],
            [("Ann Lee", "Welcome to you all."), ("Marc Roy", "Thank you. It is good.")],
            id="meeting software writes the name in every cue",
        ),
        pytest.param(
            ["Ann Lee: Welcome.", "Two more points: rent and land.", "Marc Roy: And time."],
            [
                ("Ann Lee", "Welcome. Two more points: rent and land."),
                ("Marc Roy", "And time."),
            ],
            id="captioners write it where the speaker changes",
        ),
        pytest.param(
            ["La présidente : Bonjour à vous.\nM. Roy : Merci.", "La présidente : Et le loyer?"],
            [
                ("La présidente", "Bonjour à vous."),
                ("M. Roy", "Merci."),
                ("La présidente", "Et le loyer?"),
            ],
            id="two speakers in one cue",
        ),
        pytest.param(
            ["Ann Lee: We meet at noon, or at", "12:30 if the bus is late.", "Ann Lee: Is it?"],
            [("Ann Lee", "We meet at noon, or at 12:30 if the bus is late. Is it?")],
            id="a time of day is speech",
        ),
        pytest.param(
            ["There is one thing to say: the rent is too high.", "And it is rising."],
            [
                (
                    None,
                    "There is one thing to say: the rent is too high. And it is rising.",
                )
            ],
            id="a colon in a sentence names nobody",
        ),
        pytest.param(
            ["&gt;&gt; Who pays for the land?", "&gt;&gt; The city does, and", "it always has."],
            [(None, "Who pays for the land?"), (None, "The city does, and it always has.")],
            id="chevrons mark a change of speaker",
        ),
        pytest.param(
            ["- Who pays for it?\n- The city does."],
            [(None, "Who pays for it?"), (None, "The city does.")],
            id="dialogue dashes",
        ),
        pytest.param(
            ["<v Ann>Who pays for it?</v>", "(the door closes on them)", "<v Ann>The city?</v>"],
            [
                ("Ann", "Who pays for it?"),
                (None, "(the door closes on them)"),
                ("Ann", "The city?"),
            ],
            id="under voice tags a cue without one is nobody's",
        ),
    ],
)
def test_speakers_written_in_other_ways(
    texts: list[str], expected: list[tuple[str | None, str]]
) -> None:
    assert turns(cues(*texts)) == expected


def test_without_speakers_a_pause_after_a_sentence_begins_a_turn() -> None:
    text = """WEBVTT

00:01.000 --> 00:02.000
The rent is too high

00:05.000 --> 00:06.000
for most of us.

00:07.900 --> 00:08.000
It is rising.

00:10.000 --> 00:11.000
What will the city do?
"""
    assert turns(text) == [
        (None, "The rent is too high for most of us. It is rising."),
        (None, "What will the city do?"),
    ]


def test_rolling_captions_are_not_doubled() -> None:
    text = cues(
        "so today we are",
        "so today we are\ntalking<00:00:03.000><c> about the rent</c>",
        "talking about the rent",
        "talking about the rent\nand the land",
        "and the land in the towns",
    )
    assert turns(text) == [
        (None, "so today we are talking about the rent and the land in the towns")
    ]


def test_what_a_speaker_says_twice_stays_twice() -> None:
    text = cues("<v Ann>Yes, we will.", "<v Ann>Yes, we will.", "<v Ann>Yes, we will.")
    assert turns(text) == [("Ann", "Yes, we will. Yes, we will. Yes, we will.")]


def test_a_file_that_keeps_to_the_rules_has_the_captions_that_webvtt_py_finds() -> None:
    theirs = WebVTT.from_string(FULL)
    ours = subtitles(FULL)
    assert [
        (round(one.start * 1000), round(one.end * 1000), one.text) for one in ours.captions
    ] == [
        (one.start_time.in_milliseconds(), one.end_time.in_milliseconds(), one.raw_text)
        for one in theirs.captions
    ]
    assert (ours.title.strip(), list(ours.header)) == (theirs.header_text, theirs.metadata)
    assert "\n".join(ours.notes).strip() == "\n".join(theirs.header_comments).strip()


def test_a_note_says_nothing_and_the_cue_behind_it_does() -> None:
    text = """WEBVTT

1
00:01.000 --> 00:02.000
<v Ann>This is what we have.

NOTE The microphones were off
for a while.

They were on again.

NOTE
00:05,000 --> 00:06,000
<v Marc>And who are you?
"""
    assert turns(text) == [("Ann", "This is what we have."), ("Marc", "And who are you?")]


def test_cues_out_of_order_are_put_in_order() -> None:
    text = """WEBVTT

00:05.000 --> 00:06.000
<v Marc>And who are you?

00:01.000 --> 00:06.000
<v Ann>This is what we have.
"""
    assert turns(text) == [("Ann", "This is what we have."), ("Marc", "And who are you?")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"WEBVTT\n\nNOTE nothing was said\n", "holds no cue"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "holds no cue"),
        (b"WEBVTT\nKind: chapters\n\n00:01.000 --> 00:02.000\nIntro\n", "chapters, not speech"),
        (b"WEBVTT\n\x00\x01\x02\x03", "holds binary data"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason) as refusal:
        reader.read(content, "broken.vtt")
    assert str(refusal.value).startswith("broken.vtt: ")
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_usual_encoding_and_line_end_reads_the_same(encoding: str, line_end: str) -> None:
    text = cues("<v Zoé>Les loyers ont été relevés et c’est trop.", "<v Zoé>Où est la ville?")
    document = reader.read(text.replace("\n", line_end).encode(encoding), "a.vtt")
    assert spoken(document) == [
        ("Zoé", "Les loyers ont été relevés et c’est trop. Où est la ville?")
    ]


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn")), min_size=1
)


def heard(text: str) -> str:
    """What a reader keeps of a text: a byte order mark within a file is no character of it."""
    return normalize(text.replace("\ufeff", ""))


@settings(deadline=None)  # the first text loads what tells languages apart
@given(st.lists(st.tuples(st.sampled_from(["Ann Lee", "Marc & Co", "Zoé <chair>"]) | WORDS, WORDS)))
@example([("\ufeff", "0")])
@example([("Ann Lee", "\ufeff"), ("Host", "\ufeffe\ufeff\u0301")])
@example([("Ann Lee", "Yes.")] * 4)
def test_any_speech_comes_back_as_the_same_merged_turns(speech: list[tuple[str, str]]) -> None:
    """Written as WebVTT with voice tags, a list of utterances is read back whole.

    A loop of a recognizer is told once, and nobody says what a program writes.
    """
    written = [
        f"<v {escape(normalize(who), quote=False)}>{escape(normalize(said), quote=False)}</v>"
        for who, said in speech
    ]
    opening = "<v Host>It is the beginning of what we have to say to you."
    document = reader.read(cues(opening, *written).replace("WEBVTT", HEADER, 1).encode(), "a.vtt")
    clean = [(heard(who) or None, heard(said)) for who, said in speech if heard(said)]
    clean.insert(0, ("Host", opening.removeprefix("<v Host>")))
    runs = [list(run) for _, run in groupby(clean, key=lambda one: (one[0], one[1].casefold()))]
    told = [run[:1] if len(run) >= LOOP else run for run in runs if not is_notice(run[0][1])]
    clean = [one for run in told for one in run]
    merged = [
        (who, " ".join(said for _, said in run))
        for who, run in groupby(clean, key=lambda pair: pair[0])
    ]
    assert spoken(document) == merged


HEADER = "WEBVTT\nLanguage: en"


@pytest.mark.parametrize("name", ["heat-exchange.vtt", "echange-eaux-pluviales.vtt"])
def test_the_bundled_exchanges_are_read_whole(samples: Path, name: str) -> None:
    document = read(samples / name)
    said = {block.kind for block in document.blocks}
    assert said == {"title", "turn"}
    assert all(block.speaker for block in document.blocks if block.kind == "turn")
    starts = [block.timecode for block in document.blocks if block.timecode is not None]
    assert starts == sorted(starts)


@pytest.mark.shared_data
def test_every_turn_of_a_committee_meeting_comes_back(shared_data: Path) -> None:
    from benchmarks.qmsum_to_webvtt import meetings
    from models.training.captions import webvtt

    for turns_given in meetings(shared_data / "qmsum_committee" / "val.jsonl.xz"):
        document = reader.read(webvtt(turns_given).encode(), "meeting.vtt")
        clean = [(normalize(who), normalize(said)) for who, said in turns_given if said.strip()]
        assert spoken(document) == [
            (who, " ".join(said for _, said in run))
            for who, run in groupby(clean, key=lambda pair: pair[0])
        ]
