"""Exchanges as programs export them: every turn under its speaker, nothing dropped unsaid."""

import pytest

from benchmarks.speaker_formats import ENGLISH, FORMATS, FRENCH, wrong
from corpus.document import Document
from corpus.readers import read_bytes


def read(text: str, name: str) -> Document:
    return read_bytes(text.encode("utf-8"), name)


def turns(document: Document) -> list[tuple[str | None, float | None, str]]:
    return [
        (block.speaker, block.timecode, document.text[block.start : block.end])
        for block in document.blocks
        if block.kind == "turn"
    ]


def aside(document: Document) -> list[str]:
    return [
        document.text[block.start : block.end]
        for block in document.blocks
        if block.kind == "boilerplate"
    ]


ASKED, ANSWERED = "Who mows the school field?", "I will mow it before the fair on Sunday."
TWO = [("Ida Fell", 3.0, ASKED), ("Per Holm", 14.0, ANSWERED)]

EXPORTS = {
    "teams.txt": (
        f"Ida Fell\n0 minutes 3 seconds\n0:03\n{ASKED}\n"
        f"Per Holm\n0 minutes 14 seconds\n0:14\n{ANSWERED}\n"
    ),
    "teams-fr.txt": (
        f"Ida Fell\n0 minute 3 secondes\n{ASKED}\nPer Holm\n0 minute 14 secondes\n{ANSWERED}\n"
    ),
    "otter.txt": f"Ida Fell  0:03\n{ASKED}\n\nPer Holm  0:14\n{ANSWERED}\n",
    "srt.srt": (
        f"1\n00:00:03,000 --> 00:00:09,000\nIda Fell: {ASKED}\n\n"
        f"2\n00:00:14,000 --> 00:00:19,000\nPer Holm: {ANSWERED}\n"
    ),
    "table.md": (
        f"| Time | Who | What |\n|---|---|---|\n| 0:03 | Ida Fell | {ASKED} |\n"
        f"| 0:14 | Per Holm | {ANSWERED} |\n| 0:20 | Ida Fell | Thank you. |\n"
    ),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_gives_every_turn_its_speaker_and_its_time(name: str) -> None:
    document = read(EXPORTS[name], name)
    assert document.kind == "exchange"
    assert turns(document)[:2] == TWO


@pytest.mark.parametrize("name", FORMATS)
def test_every_turn_of_a_known_meeting_is_its_speakers_in_every_format(name: str) -> None:
    assert wrong(name, ENGLISH) == wrong(name, FRENCH) == []


CHATS = {
    "zoom.txt": (
        f"09:58:03\t From  Ida Fell  to  Everyone:\n\t{ASKED}\n"
        f"09:58:14\t From  Per Holm  to  Everyone:\n\t{ANSWERED}\n"
    ),
    "whatsapp.txt": (
        f"[04/05/2026, 09:58:03] Ida Fell: {ASKED}\n[04/05/2026, 09:58:14] Per Holm: {ANSWERED}\n"
    ),
    "slack.txt": f"Ida Fell  9:58 AM\n{ASKED}\n👍 3\nPer Holm  9:58 AM\n{ANSWERED}\n",
}


@pytest.mark.parametrize("name", CHATS)
def test_a_chat_is_read_by_its_senders_without_reactions(name: str) -> None:
    document = read(CHATS[name], name)
    assert [(who, said) for who, _, said in turns(document)] == [(w, s) for w, _, s in TWO]
    assert turns(document)[0][1] == 0.0
    assert aside(document) == (["👍 3"] if name == "slack.txt" else [])


def test_five_minute_marks_time_the_next_speaker_and_footers_are_nobodys() -> None:
    text = (
        "May 4, 2026\nField talk - Transcript\nAttendees\nIda Fell, Per Holm\nTranscript\n"
        f"00:00:00\n\nIda Fell: {ASKED}\n\n00:05:00\n\nPer Holm: {ANSWERED}\n\n"
        "Meeting ended after 00:07:10 👋\n"
    )
    document = read(text, "meet.txt")
    assert turns(document) == [("Ida Fell", 0.0, ASKED), ("Per Holm", 300.0, ANSWERED)]
    assert document.title == "Field talk - Transcript"
    assert "Ida Fell, Per Holm" in aside(document)


def test_a_recognizers_json_is_read_by_its_segments() -> None:
    text = (
        '{"segments": [{"start": 3, "end": 9, "text": " ' + ASKED + '", "speaker": "SPEAKER_00"},'
        '{"start": 14, "end": 19, "text": " ' + ANSWERED + '", "speaker": "SPEAKER_01"}]}'
    )
    assert turns(read(text, "talk.json")) == [
        ("SPEAKER_00", 3.0, ASKED), ("SPEAKER_01", 14.0, ANSWERED),
    ]  # fmt: skip


def test_speakers_may_be_named_by_what_they_do_in_brackets_or_in_small_letters() -> None:
    roles = (
        "00:00:03 Cheffe des loisirs\nQui tond le terrain de l'école?\n\n"
        "00:00:14 Élu du quartier\nJe vais le tondre avant la fête de dimanche.\n"
    )
    assert [who for who, _, _ in turns(read(roles, "a.txt"))] == [
        "Cheffe des loisirs", "Élu du quartier",
    ]  # fmt: skip
    cue = (
        "WEBVTT\n\n00:03.000 --> 00:05.000\n{}: {}\n\n00:14.000 --> 00:19.000\n{}: {}\n\n"
        "00:20.000 --> 00:21.000\n{}: Good.\n"
    )
    small = cue.format("Ida Fell", ASKED, "perh", ANSWERED, "perh")
    assert [who for who, _, _ in turns(read(small, "b.vtt"))] == ["Ida Fell", "perh"]
    bracketed = cue.format("[SPEAKER_00]", ASKED, "[SPEAKER_01]", ANSWERED, "[SPEAKER_00]")
    assert [who for who, _, _ in turns(read(bracketed, "c.vtt"))] == [
        "SPEAKER_00", "SPEAKER_01", "SPEAKER_00",
    ]  # fmt: skip


FIRST = "00:03.000 --> 00:05.000\nIda Fell: "
DAMAGED = {
    "arrow in speech": (f"{FIRST}from gate --> shed", "from gate --> shed"),
    "sixty seconds": (f"00:03.000 --> 00:60.000\nIda Fell: {ASKED}", ASKED),
    "blank line": (f"{FIRST}One thing.\n\nAnd another.", "One thing. And another."),
    "times cut off": (f"{FIRST}One thing.\n\n00:0 -->\nAnd another.", "One thing. And another."),
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_damaged_cue_costs_its_line_and_not_the_meeting(kind: str) -> None:
    cue, said = DAMAGED[kind]
    text = f"WEBVTT\n\n{cue}\n\n01:14.000 --> 01:19.000\nPer Holm: {ANSWERED}\n"
    assert [what for _, _, what in turns(read(text, "x.vtt"))] == [said, ANSWERED]


def test_a_recognizers_loop_is_told_once_and_kept_aside() -> None:
    cues = "".join(
        f"00:{n}.000 --> 00:{n + 1}.000\nThe field is wet.\n\n" for n in range(10, 30, 2)
    )
    begin, end = (
        f"00:01.000 --> 00:04.000\n{ASKED}",
        "00:40.000 --> 00:41.000\nThanks for watching!",
    )
    document = read(f"WEBVTT\n\n{begin}\n\n{cues}{end}\n", "x.vtt")
    told = " ".join(said for _, _, said in turns(document))
    assert told.count("The field is wet.") == 1
    assert len(aside(document)) == 10


MINUTES = """# Compte rendu de la rencontre du 4 mai

- **Décision**: le groupe a retenu le terrain du haut.
- **Coût**: 4 000 $ pour la clôture.
- **Suivi**: la directrice écrira à l'école d'ici juin.
"""


def test_minutes_are_an_exchange_without_speakers() -> None:
    document = read(MINUTES, "notes.md")
    assert document.kind == "exchange"
    assert {block.speaker for block in document.blocks} == {None}


STUDY = (
    "Wet fields\n\nAbstract\nWe watched 40 fields. Do you mow? We found grass.\n\n"
    "Methods\nWe watched twice, you know.\n"
)
SPOKEN = (
    "okay so thanks for coming i think we can start so who mows the field you know i asked you "
    "last week and i will mow it before the fair yeah if you want me to okay"
)


@pytest.mark.parametrize(("text", "kind"), [(STUDY, "paper"), (SPOKEN, "exchange")])
def test_the_document_decides_whether_it_is_a_paper_or_an_exchange(text: str, kind: str) -> None:
    assert read(text, "transcript.txt").kind == read(text, "paper.txt").kind == kind


def test_each_turn_has_its_own_language() -> None:
    cue = (
        "WEBVTT\n\n00:03.000 --> 00:05.000\nIda: {}\n\n00:14.000 --> 00:19.000\nPer: {}\n\n"
        "00:20.000 --> 00:22.000\nIda: {}\n"
    )
    text = cue.format(ASKED, "Je vais le tondre avant la fête de dimanche.", ANSWERED)
    document = read(text, "x.vtt")
    assert [block.language for block in document.blocks] == [None, "fr", None]


HANSARD = """<Hansard xml:lang="EN"><ExtractedInformation>
<ExtractedItem Name="MetaTitle">Fields</ExtractedItem></ExtractedInformation>
<HansardBody><Timestamp Hr="10" Mn="05"/><SubjectOfBusinessTitle>Mowing</SubjectOfBusinessTitle>
<Intervention><PersonSpeaking><Affiliation>Ms. Ida Fell</Affiliation></PersonSpeaking>
<Content><ParaText>Who mows the <I>school</I> field?</ParaText></Content></Intervention>
<Timestamp Hr="10" Mn="10"/>
<Intervention><PersonSpeaking><Affiliation>Mr. Per Holm</Affiliation></PersonSpeaking>
<Content><ParaText>I will mow it before the fair on Sunday.</ParaText></Content></Intervention>
</HansardBody></Hansard>"""
SITTING = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">
<teiHeader><title>Fields</title></teiHeader><text><body><div>
<u who="#IF"><note>applause</note><seg>Who mows the school field?</seg></u>
<u who="#PH"><seg>I will mow it</seg> <seg>before the fair on Sunday.</seg></u>
</div></body></text></TEI>"""


def test_sittings_of_parliaments_are_read_turn_by_turn() -> None:
    assert turns(read(HANSARD, "h.xml")) == [
        ("Ms. Ida Fell", 0.0, ASKED), ("Mr. Per Holm", 300.0, ANSWERED),
    ]  # fmt: skip
    assert turns(read(SITTING, "p.xml")) == [("IF", None, ASKED), ("PH", None, ANSWERED)]


def test_a_turn_that_changes_languages_is_read_in_both() -> None:
    both = "Good evening to all of you. Qui va payer la piscine?"
    english = "The town will pay for the pool, and for the ramp."
    cues = f"00:01.000 --> 00:09.000\nZoé: {both}\n\n00:10.000 --> 00:15.000\nIda: {english}\n"
    document = read(f"WEBVTT\n\n{cues}", "mixed.vtt")
    assert [
        (block.speaker, block.language, document.text[block.start : block.end])
        for block in document.blocks
        if block.kind == "turn"
    ][:2] == [
        ("Zoé", None, "Good evening to all of you."),
        ("Zoé", "fr", "Qui va payer la piscine?"),
    ]


def speakers_of(*turns: tuple[str, str]) -> list[str | None]:
    text = "\n\n".join(f"{speaker}: {words}" for speaker, words in turns)
    return [block.speaker for block in read_bytes(text.encode(), "call.txt").blocks]


TALK = [
    ("Chair", "Good morning, everybody."),
    ("Waste manager, Brackley", "We collect the scraps of forty restaurants."),
    ("Councillor Amadi", "What does it cost you?"),
    ("Waste manager, Brackley", "It is not cheaper yet."),
    ("Councillor Amadi", "We have no staff for it."),
    ("Chair", "Then who could do it?"),
    ("Waste manager, Brackley", "The association did the phoning."),
    ("Councillor Amadi", "I see."),
]


def test_whoever_speaks_once_has_a_label_where_every_paragraph_has_one() -> None:
    once = [
        ("Public health nurse", "Is anybody looking at the smells?"),
        ("Mrs. Oduya-Lind, social services, Havenby", "We had eleven calls."),
    ]
    assert speakers_of(*TALK, *once)[-2:] == [speaker for speaker, _ in once]
    said = ("One more thing", "the bins are closed now.")
    assert speakers_of(*TALK, said)[-1] != "One more thing"


def test_an_initial_may_end_a_name_beside_its_time() -> None:
    who = ["Lise M.", "Karim B.", "Lise M.", "Karim B."]
    said = ["Qui déneige le quai?", "La Ville va le faire.", "Avant la neige?", "Avant la neige."]
    text = "\n\n".join(f"{a}  0:{n}3\n{b}" for n, (a, b) in enumerate(zip(who, said, strict=True)))
    assert [speaker for speaker, _, _ in turns(read(text, "otter.txt"))] == who


def test_the_chair_who_speaks_again_and_again_is_a_speaker_and_in_minutes_an_item() -> None:
    assert speakers_of(*TALK)[0] == "Chair"
    minutes = b"# Minutes of the meeting\n\nChair: Ada Brook\n\nDecision: the benches stay.\n"
    assert all(block.speaker is None for block in read_bytes(minutes, "minutes.md").blocks)
