"""Who speaks, by turn, in every format: ``python -m benchmarks.speaker_formats``.

Two meetings of our own invention, one in each language, are written as each program would export
them, so that it is known who says what; then they are read. A turn is right where its words stand
in a block of its speaker, or, where a format gives only numbers, of the speaker whose number it is.
The turns have what trips a reader: colons, times and names in speech, one-word turns, speakers of
one given name, in small letters, with a title, a hyphen, a particle or a role for a name. Then the
exchanges that were written for training (``models.training.written_exchanges``), whose labels are
as odd as people's are, are written and read in every format, too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from html import escape

from corpus.document import normalize
from corpus.readers import read_bytes
from models.training.written_exchanges import WRITTEN, parsed

Turn = tuple[str, str]
"""Who speaks, and what they say."""

ENGLISH: tuple[Turn, ...] = (
    ("Ida Fell", "Good evening. We have two things tonight: the well and the ferry."),
    ("Per Holm", "Yes."),
    ("Ida Fell", "So who pays for the new pump at 14:30 Mill Lane, and when?"),
    ("Ida McRae", "The rule is simple: whoever broke it pays."),
    ("jmarlow", "I will ask the county, and report back in June."),
    ("Anne-Lise van der Berg", "Per said the opposite last year. Did he not?"),
    ("Per Holm", "Not quite. I said: fix it first, then we talk."),
    ("Dr. Okoro", "From the clinic's side, three families drank that water in May."),
    ("jmarlow", "Three?"),
    ("Dr. Okoro", "Three. One child was in hospital for a week."),
    ("Ida McRae", "Note for the minutes: that was before the notice went up."),
    (
        "Ida Fell",
        "Thank you. The second thing is the ferry; it leaves at 6:05 and nobody can reach it.",
    ),
    ("Anne-Lise van der Berg", "Could we move it to seven?"),
    ("Per Holm", "We agreed on seven in the fall. Nothing came of it."),
    ("Ida Fell", "Then let us decide: seven, from the first of March."),
    ("Ida McRae", "Agreed."),
)
FRENCH: tuple[Turn, ...] = (
    ("Zoé Larue", "Bonsoir. Deux points ce soir: le puits et le traversier."),
    ("Jean-Guy Côté", "Oui."),
    ("Zoé Larue", "Alors, qui paie la pompe du 14 h 30, et quand?"),
    ("Directrice des travaux publics", "La règle est simple: qui la brise la paie."),
    ("mbouchard", "Je vais écrire au comté, et je reviens en juin."),
    ("Mme Le Goff", "Jean-Guy a dit le contraire l'an passé, non?"),
    ("Jean-Guy Côté", "Pas tout à fait. J'ai dit: on répare, puis on discute."),
    ("D. de la Fontaine", "À la clinique, trois familles ont bu cette eau en mai."),
    ("mbouchard", "Trois?"),
    ("D. de la Fontaine", "Trois. Un enfant a passé une semaine à l'hôpital."),
    ("Directrice des travaux publics", "À noter: c'était avant l'avis affiché."),
    ("Zoé Larue", "Merci. Le traversier part à 6:05 et personne ne peut le prendre."),
    ("Mme Le Goff", "Peut-on le mettre à sept heures?"),
    ("Jean-Guy Côté", "On l'avait convenu à l'automne. Rien n'est venu."),
    ("Zoé Larue", "Alors décidons: sept heures, dès le premier mars."),
    ("Directrice des travaux publics", "D'accord."),
)  # fmt: skip
#: Turns begin so many seconds apart, and last a little less.
APART, LASTS = 23, 20


def _clock(second: int, comma: str = ".") -> str:
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}{comma}000"


def _short(second: int) -> str:
    return f"{second // 60}:{second % 60:02}"


def _starts(turns: Sequence[Turn]) -> list[tuple[int, str, str]]:
    return [(3 + APART * place, who, said) for place, (who, said) in enumerate(turns)]


def _numbers(turns: Sequence[Turn]) -> dict[str, str]:
    """A recognizer's names of the speakers, in the order in which they speak."""
    found: dict[str, str] = {}
    for who, _ in turns:
        found.setdefault(who, f"SPEAKER_{len(found):02}")
    return found


def _cues(turns: Sequence[Turn], form: str, comma: str = ".") -> str:
    return "\n\n".join(
        f"{place}\n{_clock(at, comma)} --> {_clock(at + LASTS, comma)}\n"
        + form.format(who=who, said=escape(said, quote=False) if comma == "." else said)
        for place, (at, who, said) in enumerate(_starts(turns), 1)
    )


def _lines(turns: Sequence[Turn], form: str, between: str = "\n") -> str:
    return between.join(
        form.format(
            who=who, said=said, short=_short(at), clock=_clock(at)[:8],
            minutes=at // 60, seconds=at % 60, day=f"09:{at // 60:02}:{at % 60:02}",
        )
        for at, who, said in _starts(turns)
    ) + "\n"  # fmt: skip


def _numbered(turns: Sequence[Turn]) -> list[Turn]:
    names = _numbers(turns)
    return [(names[who], said) for who, said in turns]


def _whisper(turns: Sequence[Turn]) -> str:
    segments = [
        {"start": float(at), "end": float(at + LASTS), "text": f" {said}", "speaker": who}
        for at, who, said in _starts(_numbered(turns))
    ]
    return json.dumps({"segments": segments}, ensure_ascii=False)


def _meet(turns: Sequence[Turn]) -> str:
    people = ", ".join(dict.fromkeys(who for who, _ in turns))
    lines = ["Mar 4, 2026", "Well talk - Transcript", "Attendees", people, "Transcript"]
    for place, (who, said) in enumerate(turns):
        lines += [f"00:{place:02}:00", ""] if place % 5 == 0 else []
        lines.append(f"{who}: {said}")
    return "\n".join([*lines, "", "Meeting ended after 00:16:10 👋", ""])


def _hansard(turns: Sequence[Turn]) -> str:
    said = "".join(
        f'<Timestamp Hr="10" Mn="{at // 60:02}"/><Intervention><PersonSpeaking>'
        f"<Affiliation>{escape(who)}</Affiliation></PersonSpeaking>"
        f"<Content><ParaText>{escape(what)}</ParaText></Content></Intervention>"
        for at, who, what in _starts(turns)
    )
    return (
        '<Hansard><ExtractedInformation><ExtractedItem Name="MetaTitle">Well</ExtractedItem>'
        f"</ExtractedInformation><HansardBody>{said}</HansardBody></Hansard>"
    )


def _parlamint(turns: Sequence[Turn]) -> str:
    said = "".join(
        f'<u who="#{who}"><seg>{escape(what)}</seg></u>' for who, what in _numbered(turns)
    )
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><title>Well</title></teiHeader>'
        f"<text><body><div>{said}</div></body></text></TEI>"
    )


def _table(turns: Sequence[Turn]) -> str:
    return "| Time | Who | What |\n|---|---|---|\n" + _lines(turns, "| {short} | {who} | {said} |")


#: Each format by the name of its file, as its program writes it.
FORMATS: Mapping[str, Callable[[Sequence[Turn]], str]] = {
    "zoom.vtt": lambda turns: "WEBVTT\n\n" + _cues(turns, "{who}: {said}") + "\n",
    "teams.vtt": lambda turns: "WEBVTT\n\n" + _cues(turns, "<v {who}>{said}</v>") + "\n",
    "named.srt": lambda turns: _cues(turns, "{who}: {said}", ",") + "\n",
    "whisper.srt": lambda turns: _cues(_numbered(turns), "[{who}]: {said}", ",") + "\n",
    "whisper.vtt": lambda turns: "WEBVTT\n\n" + _cues(_numbered(turns), "[{who}]: {said}") + "\n",
    "whisperx.json": _whisper,
    "teams.txt": lambda turns: _lines(
        turns, "{who}\n{minutes} minutes {seconds} seconds\n{short}\n{said}"
    ),
    "meet.txt": _meet,
    "otter.txt": lambda turns: _lines(turns, "{who}  {short}\n{said}\n"),
    "labels.txt": lambda turns: _lines(turns, "{who}: {said}"),
    "times.txt": lambda turns: _lines(turns, "[{clock}] {who}: {said}"),
    "roles.txt": lambda turns: _lines(turns, "{clock} {who}\n{said}\n"),
    "zoom-chat.txt": lambda turns: _lines(turns, "{day}\t From  {who}  to  Everyone:\n\t{said}"),
    "whatsapp.txt": lambda turns: _lines(turns, "[2026-03-04, {day}] {who}: {said}"),
    "slack.txt": lambda turns: _lines(turns, "{who}  9:{minutes:02} AM\n{said}"),
    "minutes.md": lambda turns: _lines(turns, "**{who}**: {said}\n"),
    "table.md": _table,
    "hansard.xml": _hansard,
    "parlamint.xml": _parlamint,
}
#: Formats that give numbers in place of names.
NUMBERED = frozenset({"whisper.srt", "whisper.vtt", "whisperx.json", "parlamint.xml"})


def wrong(name: str, turns: Sequence[Turn]) -> list[Turn]:
    """The turns of a meeting, written in a format and read, that aren't their speaker's."""
    document = read_bytes(FORMATS[name](turns).encode("utf-8"), name)
    known = _numbered(turns) if name in NUMBERED else turns
    place = 0
    found: list[Turn] = []
    for who, said in known:
        at = document.text.find(normalize(said), place)
        block = document.block_at(at) if at >= 0 else None
        if block is None or block.speaker != who:
            found.append((who, said))
        place = at + 1 if at >= 0 else place
    return found


def share(document_wrong: Mapping[str, list[Turn]], turns: int) -> float:
    """The share of all turns, over all formats, that are their speaker's."""
    return 1 - sum(len(one) for one in document_wrong.values()) / (turns * len(document_wrong))


if __name__ == "__main__":
    for title, meeting in (("English", ENGLISH), ("French", FRENCH)):
        missed = {name: wrong(name, meeting) for name in FORMATS}
        print(f"{title}: {share(missed, len(meeting)):.4f} of the turns, {len(FORMATS)} formats")
        for name, lost in missed.items():
            for who, said in lost:
                print(f"  {name}: {who}: {said}")
    written = [parsed(path)[1] for path in sorted(WRITTEN.glob("*.txt"))]
    for name in FORMATS:
        lost = [one for turns in written for one in wrong(name, turns)]
        count = sum(map(len, written))
        print(f"written for training, {name}: {1 - len(lost) / count:.4f} of {count} turns")
