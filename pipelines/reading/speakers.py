"""Who speaks in an exchange, by role and never by name.

``speaker_roles(document)`` gives each speaker label its role: from the roster, from words of the
label ("Councillor Roy", "Sam, city forester"), from how the speakers introduce themselves ("I'm
with the tenants' association") or how others call them. An office that somebody runs for, held
once, or that a sister holds is none. Names are ``privacy``'s business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from string import ascii_uppercase

from corpus.document import LANGUAGES, Document, Language
from corpus.settings_base import in_force
from corpus.text import PARENTHESES
from pipelines.brief import SpeakerRole
from pipelines.language.lexicon import pattern, table
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
    introduced: "Ann Lee, who is town clerk". Of who leads the meeting, at least that. None under
    the Chatham House rule.
    """
    if in_force(ReadingSettings).chatham_house:
        return {}
    roles = speaker_roles(document)
    found = {
        label: _labelled_office(label) or _told_office(document, label)
        for label, role in roles.items()
        if role in _PUBLIC
    }
    leader = _leader(document)
    if leader and roles[leader] in _PUBLIC:
        found[leader] = found[leader] or table("templates")["leads"]["meeting"][document.language]
    return {label: office for label, office in found.items() if office}


def _labelled_office(label: str) -> str | None:
    """A label that names an office, in small letters but for its first, and of plain words only."""
    from models.components.persons import is_given, is_plain, names_in_label  # heavy, as below

    words = _WORDS.findall(label)
    small = all(word.islower() for word in words[1:])
    plain = all(is_plain(word.lower()) and not is_given(word.lower()) for word in words)
    if not small or not plain or names_in_label(label) or not _names_office(label):
        return None
    return f"{label[0].lower()}{label[1:]}" if _AT_LEAST <= len(words) <= _OFFICE else None


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
    told = [one for one in told if 0 < len(one.split()) <= _OFFICE and _names_office(one)]
    return max(told, key=lambda one: len(one.split()), default=None)


def _without_names(document: Document, start: int, end: int) -> str:
    """An office up to the first name, without a list that a comma breaks off, or a last "of"."""
    from pipelines.reading.privacy import within  # reads the speakers' labels

    end = min([end, *(one.start for one in within(document, start, end))])
    office = document.text[start:end]
    if _GOES_ON.match(document.text, end):
        office = _OF.split(office)[0]
    return _ENDS.sub("", office).strip()


def _names_office(text: str) -> bool:
    """Whether words name what somebody is, and no candidacy, past office or sister's."""
    elsewhere = any(_elsewhere(text, language) for language in LANGUAGES)
    return not elsewhere and any(_role_in(text, language) for language in LANGUAGES)


def role_labels(language: Language) -> Mapping[SpeakerRole, str]:
    """What a brief calls each role."""
    return {role: texts[language] for role, texts in table("templates")["speaker"].items()}


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


def without_label(text: str, language: Language) -> str:
    """A line of a brief without its labels: who speaks, who answers, what a statement is about."""
    declared = (texts[language] for texts in table("templates")["declared"].values())
    labels = "|".join(re.escape(one) for one in (*role_labels(language).values(), *declared))
    before = rf"(?:^|(?<= {ANSWERED} ))"
    office = r"(?: \([^()]*\))?"
    return re.sub(rf"{before}(?:{labels})(?: [A-Z]+)?{office}[ \u00a0]?: ", "", text)
