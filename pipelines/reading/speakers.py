"""Who speaks in an exchange, by role and never by name.

``speaker_roles(document)`` gives each speaker label its role: from the roster, from words of the
label ("Councillor Roy", "Sam, city forester"), from how the speakers introduce themselves ("I'm
with the tenants' association") or how others call them. An office that somebody runs for, held
once, or that a sister holds is none. Names are ``privacy``'s business.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from string import ascii_uppercase

from corpus.document import LANGUAGES, Document, Language
from corpus.settings_base import in_force
from corpus.text import PARENTHESES
from pipelines.brief import SpeakerRole
from pipelines.language.lexicon import listed, pattern, table
from pipelines.reading.reading_settings import ReadingSettings
from pipelines.reading.roster import participant_of, roster

#: Roles that a label, a title or an introduction names, in the order in which they are looked for.
_ROLES: tuple[SpeakerRole, ...] = (
    "elected", "researcher", "civil_society", "staff", "practitioner", "facilitator",
)  # fmt: skip
#: Turns in which speakers are expected to say who they are, and in which a meeting is opened.
_INTRODUCTION_TURNS, _OPENING_TURNS = 3, 6
#: An introduction names a role within so many characters, or names another's.
_INTRODUCTION = 70
#: Who speaks by a public office.
_PUBLIC: tuple[SpeakerRole, ...] = ("elected", "staff")
#: So many words an office has at most, and so many a name or a label that says one at least.
_OFFICE, _AT_LEAST = 9, 2
_WORDS = re.compile(r"[^\W\d_][\w’'-]*")
#: Between a speaker's name and the office, and the office, up to a mark.
_INTRODUCED = (
    r"(?: (?:AM|MS|MP|MPP|MLA|MNA))?(?:,? (?:who is|who[’']s|is|est|qui est)|,)"
    r" (?:our |the |a |an |notre |le |la |l[’']|un |une )?(?P<as>[^,.;:?!–—()\[\]\n]{3,80})"
)
#: What is somebody's: "mayor of Hill Town's wife".
_OWNED = re.compile(r"[’']s\b")
_ENDS = re.compile(r"(?:,|\s(?:and|et|with|avec|who|qui|at|of|for|in|de|du|des|à|la|le|the))*\s*$")
#: What goes on with a list behind an office, and by what that begins: "director of skills, health".
_GOES_ON = re.compile(r", (?!and\b|et\b|who\b|qui\b)[a-zß-ÿ]")
_OF = re.compile(r" (?:of|for|de|du|des|d[’']) ?")
#: What stands between a question and its answer.
ANSWERED = "–"
#: Before it, so many characters tell whether it is only supposed.
_SUPPOSED = 3


def _role_in(text: str, language: Language) -> SpeakerRole | None:
    """The role whose words come first in the text; where two begin together, the longer."""
    found = [
        (match.start(), -len(match.group()), role)
        for role in _ROLES
        if (match := pattern("points", language, "speakers", role).search(text))
    ]
    return min(found)[2] if found else None


def _bare(label: str) -> str:
    """A label without what stands in brackets or after a comma: the name itself."""
    return re.split(r"\s*[(,\[–—|/]", label, maxsplit=1)[0].strip()


def _role_by_label(label: str, language: Language) -> SpeakerRole | None:
    """Who leads the meeting is called so; else brackets or an apposition count before a title.

    A former or would-be office is none.
    """
    bare = _bare(label)
    leads = pattern("points", language, "speakers", "facilitator")
    if leads.search(bare) and not _elsewhere(label, language):
        return "facilitator"
    rest = label[len(bare) :]
    return _own_role(rest, language) or _own_role(label, language)


def _own_role(text: str, language: Language) -> SpeakerRole | None:
    return None if _elsewhere(text, language) else _role_in(text, language)


def _elsewhere(text: str, language: Language) -> bool:
    """Whether the words name an office that isn't the speaker's: a candidacy, a sister's."""
    return bool(pattern("points", language, "speakers", "not_ones_own").search(text))


def speaker_roles(document: Document) -> dict[str, SpeakerRole]:
    """The role of every speaker label of an exchange.

    The roster decides; else the label, another label of the same name, what speakers say of
    themselves, how others call them, and who opens the meeting. Under the Chatham House rule nobody
    has a role.
    """
    labels = sorted({block.speaker for block in document.blocks if block.speaker})
    if in_force(ReadingSettings).chatham_house:
        return dict.fromkeys(labels, "unknown")
    roles: dict[str, SpeakerRole] = {}
    by_name: dict[str, SpeakerRole] = {}
    for label in labels:
        role = _role_by_roster(label) or _role_by_label(label, document.language)
        if role:
            roles[label] = role
            by_name.setdefault(_bare(label), role)
    for label in labels:
        if label not in roles:
            roles[label] = (
                by_name.get(_bare(label))
                or _role_by_words(document, label)
                or _role_by_host(document, label)
                or _role_by_address(document, label)
                or "unknown"
            )
    for label, role in roles.items():
        # "Dr." is a physician's and a civil servant's, too: an office that is told says more
        if role == "researcher" and (office := _told_office(document, label)):
            roles[label] = _role_in(office, document.language) or role
    leader = _leader(document)
    if leader and roles[leader] == "unknown":
        roles[leader] = "facilitator"
    return roles


def _role_by_roster(label: str) -> SpeakerRole | None:
    participant = participant_of(label, roster())
    if participant is None or not participant.role:
        return None
    if participant.role in (*_ROLES, "unknown"):
        return next((role for role in _ROLES if role == participant.role), "unknown")
    roles = (_own_role(participant.role, language) for language in LANGUAGES)
    return next((role for role in roles if role), "unknown")


def _turns(document: Document, label: str, most: int) -> Iterator[tuple[str, Language]]:
    blocks = [block for block in document.blocks if block.speaker == label][:most]
    for block in blocks:
        yield document.text[block.start : block.end], document.language_at(block.start)


def _role_by_words(document: Document, label: str) -> SpeakerRole | None:
    """The role that speakers give themselves in their first turns.

    "I'm the town clerk", or behind their own name: "sorry, Joanne, public health".
    """
    own = re.compile(rf"(?<!\w){re.escape(_bare(label))}, ")
    for text, language in _turns(document, label, _INTRODUCTION_TURNS):
        introduces = pattern("points", language, "speakers", "self_introduction")
        starts = [match.start() for match in introduces.finditer(text)]
        starts += [match.end() for match in own.finditer(text)]
        for start in starts:
            clause = re.split(r"[.;!?,]", text[start : start + _INTRODUCTION])[0]
            supposed = text[max(0, start - _SUPPOSED) : start]  # « Si je suis élue mairesse »
            role = _own_role(supposed + clause, language)
            if role:
                return role
    return None


def _role_by_host(document: Document, label: str) -> SpeakerRole | None:
    """The role as which somebody else introduces a speaker: "Ann Lee, who is town clerk"."""
    name = re.escape(_bare(label))
    said = re.compile(rf"{name}(?:,| is | est )(?P<as>[^.;:?!]{{3,{_INTRODUCTION}}})")
    turns = [block for block in document.blocks if block.kind == "turn"]
    for block in turns[:_OPENING_TURNS]:
        text = document.text[block.start : block.end]
        match = said.search(text) if block.speaker != label and " " in name else None
        role = _own_role(match["as"].split(", and")[0], document.language) if match else None
        if role:
            return role
    return None


def _role_by_address(document: Document, label: str) -> SpeakerRole | None:
    """The role by which others call a speaker: "Councillor Roy, go ahead"."""
    from models.components.persons import names_in_label  # heavy, as all that parses is

    names = sorted(name for name in names_in_label(label) if len(name) > 2)
    if not names:
        return None
    either = "|".join(map(re.escape, names))
    # A point belongs to a title where that is short: "Dr. Roy", but "Thanks, Mayor. Joanne, …".
    title = r"(?P<title>[^\W\d_]{1,4}\.|[^\W\d_]+)"
    said = re.compile(rf"{title} (?:[A-ZÀ-Þ][\w’'-]+ )?(?i:{either})(?!\w)")
    for block in document.blocks:
        if block.kind != "turn" or block.speaker == label:
            continue
        text = document.text[block.start : block.end]
        language = document.language_at(block.start)
        for match in said.finditer(text):
            before = text[max(0, match.start() - 30) : match.start("title")]
            role = _role_in(match["title"], language)
            if role and match["title"][0].isupper() and not _elsewhere(before, language):
                return role
    return None


def _leader(document: Document) -> str | None:
    """Who opens the meeting, and speaks again in it."""
    turns = [block for block in document.blocks if block.kind == "turn" and block.speaker]
    for block in turns[:_OPENING_TURNS]:
        text, language = document.text[block.start : block.end], document.language_at(block.start)
        opens = pattern("points", language, "speakers", "opens_meeting").search(text)
        again = sum(one.speaker == block.speaker for one in turns) > 1
        if opens and again:
            return block.speaker
    return None


def offices(document: Document) -> Mapping[str, str]:
    """The public office of each speaker who has one, by label, in the transcript's words.

    Nobody's name, and no office of those who speak for themselves or others. As the label itself
    says it ("Head of repairs"), or as somebody says it behind the speaker's name where speakers are
    introduced: "Ann Lee, who is town clerk". None under the Chatham House rule.
    """
    if in_force(ReadingSettings).chatham_house:
        return {}
    found = {
        label: _labelled_office(label) or _told_office(document, label)
        for label, role in speaker_roles(document).items()
        if role in _PUBLIC
    }
    return {label: office for label, office in found.items() if office}


def _labelled_office(label: str) -> str | None:
    """A label that is an office, in small letters but for its first, and holds nobody's name."""
    from models.components.persons import is_family, is_given, is_plain, names_in_label

    words = _WORDS.findall(label)
    small = all(word.islower() for word in words[1:])
    lowers = [word.lower() for word in words]
    if not small or names_in_label(label) or not all(is_plain(word) for word in lowers):
        return None
    office = f"{label[0].lower()}{label[1:]}"
    beside = _office_words(office)
    named = any(is_given(word) or is_family(word) for word in beside or ())
    return None if beside is None or named or len(words) < _AT_LEAST else office


def _told_office(document: Document, label: str) -> str | None:
    """What stands behind a speaker's name where the meeting opens or they first speak."""
    from models.components.persons import names_in_label  # heavy, as all that parses is

    names = names_in_label(label)
    called = [word for word in _WORDS.findall(label) if word.lower() in names]
    if len(called) < _AT_LEAST:
        return None
    said = re.compile(rf"{' '.join(map(re.escape, called))}{_INTRODUCED}")
    turns = [block for block in document.blocks if block.kind == "turn"]
    own = [block for block in turns if block.speaker == label][:_INTRODUCTION_TURNS]
    told = [
        _without_names(document, *match.span("as"))
        for block in (*turns[:_OPENING_TURNS], *own)
        for match in said.finditer(document.text, block.start, block.end)
    ]
    told = [one for one in told if _office_words(one) is not None]
    return max(told, key=lambda one: len(one.split()), default=None)


def _without_names(document: Document, start: int, end: int) -> str:
    """An office up to the first name, without a list that a comma breaks off, or a last "of"."""
    from pipelines.reading.privacy import within  # reads the speakers' labels

    end = min([end, *(one.start for one in within(document, start, end))])
    office = document.text[start:end]
    if _GOES_ON.match(document.text, end):
        office = _OF.split(office)[0]
    return _ENDS.sub("", office).strip()


def _office_words(text: str) -> list[str] | None:
    """The words behind the role that an office names, lower case; None where it is no office.

    It begins with the role, behind few words that belong to it ("deputy"), and goes on with "of" or
    "for", if at all: "director of housing", but not "minister said that". A candidacy, a past
    office or a sister's is none.
    """
    if len(text.split()) > _OFFICE or any(_elsewhere(text, language) for language in LANGUAGES):
        return None
    for language in LANGUAGES:
        words = {key: listed("points", language, "offices", key) for key in ("before", "links")}
        stop = _stop_words(language) - words["links"]
        for role in _ROLES:
            for found in pattern("points", language, "speakers", role).finditer(text):
                before = _WORDS.findall(text[: found.start()].lower())
                behind = _WORDS.findall(text[found.end() :].lower())
                linked = not behind or behind[0] in words["links"]
                belongs = all(word in words["before"] for word in before)
                if belongs and linked and not stop & {*behind} and not _OWNED.search(text):
                    return [word for word in behind if word not in words["links"]]
    return None


def role_labels(language: Language) -> Mapping[SpeakerRole, str]:
    """What a brief calls each role."""
    return {role: texts[language] for role, texts in table("templates")["speaker"].items()}


@cache
def _stop_words(language: Language) -> frozenset[str]:
    """Those of the language; its pipeline, which nobody may need here, isn't loaded for them."""
    from spacy.util import get_lang_class  # heavy, as all that parses is

    return frozenset(get_lang_class(language).Defaults.stop_words)


def _whose(label: str) -> str:
    """A label without what stands in brackets behind a name: "A. Roy (Rivebelle)" is A. Roy."""
    from models.components.persons import names_in_label  # heavy, as all that parses is

    bare = PARENTHESES.sub("", label).strip()
    return bare if names_in_label(bare) else label


def lettered(document: Document) -> Mapping[tuple[SpeakerRole, str], str]:
    """Letters that tell speakers of one role apart, in the order in which they first speak.

    By role and label. Who alone has a role has none, and nobody has under the Chatham House rule,
    where it must not be told which statements are one person's.
    """
    if in_force(ReadingSettings).chatham_house:
        return {}
    roles = speaker_roles(document)
    of_role: dict[SpeakerRole, dict[str, list[str]]] = {}
    for block in document.blocks:
        if block.kind == "turn" and block.speaker:
            own = of_role.setdefault(roles.get(block.speaker, "unknown"), {})
            labels = own.setdefault(_whose(block.speaker), [])
            if block.speaker not in labels:
                labels.append(block.speaker)
    return {
        (role, speaker): _letters(place)
        for role, speakers in of_role.items()
        if len(speakers) > 1
        for place, labels in enumerate(speakers.values())
        for speaker in labels
    }


def _letters(place: int) -> str:
    """A to Z, then AA, AB…"""
    high, low = divmod(place, len(ascii_uppercase))
    return (_letters(high - 1) if high else "") + ascii_uppercase[low]


def role_in_label(text: str, language: Language) -> tuple[SpeakerRole, str] | None:
    """The role that a line of a brief begins with, and " B" where a letter stands behind it."""
    for role, label in role_labels(language).items():
        office = r"(?: \([^()]*\))?"
        named = rf"{re.escape(label)}(?P<letter> [A-Z]+)?{office}[ \u00a0]?: ?"
        if found := re.match(named, text):
            return role, found["letter"] or ""
    return None


def office_in_label(text: str) -> str:
    """The office in brackets behind the role that a line begins with; empty where there is none."""
    found = re.match(r"[^:()]{1,60} \((?P<office>[^()]*)\)[ \u00a0]?: ", text)
    return found["office"] if found else ""


def without_label(text: str, language: Language, known: Collection[str] | None = None) -> str:
    """A line of a brief without its labels: who speaks, who answers, what a statement is about.

    With the office in brackets behind a role, where that is ``known``; with any unless given.
    """
    declared = (texts[language] for texts in table("templates")["declared"].values())
    labels = "|".join(re.escape(one) for one in (*role_labels(language).values(), *declared))
    before = rf"(?:^|(?<= {ANSWERED} ))"
    office = r"(?: \([^()]*\))?"
    if known is not None:
        office = rf"(?: \((?:{'|'.join(map(re.escape, sorted(known)))})\))?" if known else ""
    return re.sub(rf"{before}(?:{labels})(?: [A-Z]+)?{office}[ \u00a0]?: ", "", text)
