"""Persons in English and French text: whoever is named, also in small letters.

In: a text, its language, and the names that are known already (of speakers, of a list). Out:
``Person`` spans, in order. A name is known by a title before it ("Mrs. Okafor"), by the lists of
``models/weights/names`` or by its shape: a word with a capital inside a sentence that is none of
the language's. Public bodies, places, laws, and authors of a cited work stay: what stands beside a
name says so (``persons.toml``). What is likely, and no more, is found all the same, and marked
``sure=False``: a name told is worse than a word left out.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from corpus.document import LANGUAGES, Language
from corpus.language_detection import FUNCTION_WORDS
from corpus.text import PARENTHESES
from models.artefacts import artefact
from models.components import table
from models.components.places import places

#: A word with its hyphens; an apostrophe parts it only where the language elides.
_TOKEN = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*(?:-[^\W\d_]+(?:[’'][^\W\d_]+)*)*")
_ELIDED = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)[’'](?=[^\W\d_]{2})", re.IGNORECASE)
_PREFIXED = re.compile(r"(?:[A-Z]['’]|Mc|Mac|De|Di|La|Le|Van|Fitz)[A-ZÀ-Þ][a-zß-ÿ]+$")
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")
_CONTRACTED = re.compile(r"['’](?:s|ll|d|ve|re|m)$|n['’]t$", re.IGNORECASE)
_BLANKS = " \u00a0\u202f"
_OPENS = frozenset('.!?…:;"“«([—–-•>|\n')
_PARTICLES = frozenset(
    {"abu", "al", "ap", "ben", "bin", "bint", "bou", "da", "das", "de", "del", "della", "den"}
    | {"der", "des", "di", "dos", "du", "el", "ibn", "la", "le", "nic", "ould", "ter", "van", "von"}
    | {"zu", "y", "of", "d", "st"}
)
#: No chain of names has more words, no name that is only likely more.
_LONGEST, _LIKELY = 6, 4
#: A given and a family name.
_PAIR = 2
#: A given name in small letters by itself, or a family name behind it, has this many letters.
_SMALL_GIVEN, _SMALL_FAMILY = 4, 3
#: A derived word has so many letters: "ridership".
_LONG = 8
_CITED_AFTER = re.compile(
    r"\s+(?:et al\b|et coll\b|and colleagues\b|et (?:ses )?collègues\b)"
    r"|,?\s*\(?(?:1[89]|20)\d\d[a-z]?\)",
    re.IGNORECASE,
)
_ENDINGS = re.compile(
    r"(?:tions?|ments?|ings?|ness|ity|ism[es]?|ists?|able|ible|ités?|ies|ique|iques|euses?|ology|"
    r"graphy|ware|ised?|ized?|ally|eaux|ship|ance|ence)$"
)
_HONOURED = re.compile(r"(?:Hon|Mr|Ms|Mrs|Dr|M|Mme|Mlle|Prof)\b\.?\s")


@dataclass(frozen=True, slots=True)
class Person:
    """A person whom a text names."""

    start: int
    """First character, code points into the text."""
    end: int
    sure: bool
    """False where it is only likely that this is a person's name."""


@dataclass(frozen=True, slots=True)
class Known:
    """Names that are known before a text is read, each word in lower case."""

    names: frozenset[str] = frozenset()
    """Parts of persons' names."""
    things: frozenset[str] = frozenset()
    """Words with a capital that the same document uses for no person."""
    speakers: frozenset[str] = frozenset()
    """Those of the names by which labels call who speaks."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, its place, and how it is written."""

    text: str
    start: int
    end: int
    opens: bool
    """Whether a sentence or a quotation may begin here, so that a capital says nothing."""
    lower: str = field(default="")

    @property
    def capital(self) -> bool:
        """Written as names are: one capital, or as McLeod and O'Brien."""
        first, *others = [part for part in self.text.split("-") if part]
        return _is_capital(first) and all(
            _is_capital(part) or (part.islower() and not may_be_word(part)) for part in others
        )

    @property
    def joined(self) -> bool:
        """Two names in one, as a careless copy has them: "AnnaRoy"."""
        parts = re.fullmatch(r"([A-ZÀ-Þ][a-zß-ÿ]{2,})([A-ZÀ-Þ][a-zß-ÿ]{2,})", self.text)
        if parts is None or _PREFIXED.match(self.text) or self.lower in _others():
            return False
        head, tail = parts[1].lower(), parts[2].lower()
        named = is_given(head) or not may_be_word(tail)
        return is_family(tail) and named and not may_be_word(head)

    @property
    def shouted(self) -> bool:
        """Written in capitals alone."""
        return len(self.text) > 1 and self.text.isupper()


def _is_capital(part: str) -> bool:
    """Whether a word without hyphens is written as names are."""
    return part[0].isupper() and (
        part[1:].islower() or len(part) == 1 or _PREFIXED.match(part) is not None
    )


@cache
def _list(name: str) -> frozenset[str]:
    """A list of the artefact.

    Raises ``ModelMissingError``.
    """
    path = artefact("names") / f"{name}.txt.gz"
    return frozenset(gzip.decompress(path.read_bytes()).decode("utf-8").split("\n")) - {""}


#: The words whose classes are remembered: a meeting says the same ones again and again.
_remembered = lru_cache(maxsize=65_536)


@cache
def _words(language: Language, key: str) -> frozenset[str]:
    return frozenset(table("persons")[language][key])


@cache
def _either(key: str) -> frozenset[str]:
    return frozenset(word for language in LANGUAGES for word in _words(language, key))


#: An article right before a name, or before another that it is joined to.
_DEFINITE = re.compile(r"(?<!\w)(?:the|these|those|both) (?:[\w'-]+ (?:and|&) )?$")


@cache
def _titles(language: Language) -> frozenset[str]:
    """Titles in a text of a language; those of two letters only in their own."""
    other = (word for word in _either("titles") if len(word) > 2 or word in ("mr", "ms", "dr"))
    return _words(language, "titles") | frozenset(other)


@cache
def _both(key: str) -> frozenset[str]:
    return frozenset(table("persons")["both"][key])


@cache
def _others() -> frozenset[str]:
    words = {w.lower() for one in LANGUAGES for w in _list(f"others.{one}")} | _either("no_persons")
    return frozenset({*words, *(f"{word}s" for word in words)})


@_remembered
def is_given(word: str) -> bool:
    """Whether a word in lower case, or each part of it, is a known given name."""
    return all(part in _list("given") or _plain(part) in _list("given") for part in word.split("-"))


@_remembered
def is_family(word: str) -> bool:
    """Whether a word in lower case, or a part of it, is a known family name."""
    names = _list("family")
    return any(part in names or _plain(part) in names for part in (word, *word.split("-")))


def _plain(word: str) -> str:
    """A word without its accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def is_title(word: str) -> bool:
    """Whether a word is a title before a name, in either language."""
    return word.lower() in _either("titles") or word.lower() in _either("offices")


@_remembered
def is_word(word: str) -> bool:
    """Whether a word in lower case is met as one in either language, whatever else it is.

    A capital may lack its accent: « Etudiants ».
    """
    return (
        any(word in _list(f"words.{one}") for one in LANGUAGES)
        or ("-" in word and all(not part or is_word(part) for part in word.split("-")))
        or (word[:1] == "e" and f"é{word[1:]}" in _list("words.fr"))
    )


@_remembered
def may_be_word(word: str) -> bool:
    """Whether a word in lower case is one, or is frequent and on no list of names."""
    return (
        is_word(word)
        or any(word in _list(f"frequent.{one}") for one in LANGUAGES)
        or ("-" in word and all(not part or may_be_word(part) for part in word.split("-")))
    )


@_remembered
def is_plain(word: str) -> bool:
    """Whether a word in lower case is surely one: a dictionary knows it in small letters.

    "oumar", "quito", "xbox" are met often, but where somebody may be named they are no words.
    """
    return is_word(word) or (
        may_be_word(word)
        and not any(
            part in _list(f"doubtful.{one}")
            for one in LANGUAGES
            for part in (word, *word.split("-"))
        )
    )


def tokens(text: str, language: Language) -> list[Token]:
    """The words of a text; elisions and possessives aside."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if elided := _ELIDED.match(match.group()):
            first = match.group()[0].islower() or (language == "fr" and _opens_at(text, start))
            if first and not (_PREFIXED.match(match.group()) and language == "en"):
                start += elided.end()
        if possessive := _POSSESSIVE.search(text[start:end]):
            end = start + possessive.start()
        if contracted := _CONTRACTED.search(text[start:end]):
            end = start + contracted.start()
        opens = _opens_at(text, match.start())
        if end > start:
            word = text[start:end]
            found.append(Token(word, start, end, opens, word.lower().replace("’", "'")))
    return found


def _opens_at(text: str, start: int) -> bool:
    """Whether a sentence or a quotation may begin here."""
    before = text[max(0, start - 40) : start].rstrip(_BLANKS)
    if before.endswith(".") and _abbreviates(before):
        return False
    return not before or before[-1] in _OPENS


def _abbreviates(before: str) -> bool:
    """Whether the full stop before a word is that of a title or an initial."""
    word = re.search(r"([^\W\d_]+)\.$", before)
    return word is not None and (
        (len(word[1]) == 1 and word[1].isupper()) or word[1].lower() in _either("titles")
    )


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    language: Language
    words: Sequence[Token]
    known: Known
    placed: Sequence[tuple[int, int]]

    def between(self, i: int) -> str:
        """What stands between a word and the next."""
        return self.text[self.words[i].end : self.words[i + 1].start]

    def joined(self, i: int) -> bool:
        """Whether the next word may be of the same name."""
        gap = self.between(i) if i + 1 < len(self.words) else "|"
        return gap in (" ", "\u00a0") or (gap in (". ", ".") and len(self.words[i].text) == 1)

    def before(self, i: int, length: int = 40) -> str:
        """What stands before a word, lower case."""
        return (
            self.text[max(0, self.words[i].start - length) : self.words[i].start]
            .lower()
            .replace("’", "'")
        )

    def ends_before(self, i: int, key: str) -> bool:
        """Whether one of a list's cues stands right before a word; a comma may part them."""
        before = f" {self.before(i)}"
        parted = f"{before.rstrip(_BLANKS + ',:')} "
        return any(
            before.endswith(cue) if cue.endswith("'") else parted.endswith(f" {cue} ")
            for cue in _words(self.language, key)
        )

    def after(self, i: int) -> str:
        """The word behind a word, lower case, where nothing but a blank parts them."""
        if i + 1 >= len(self.words) or self.between(i).strip() not in ("", "'s", "’s"):
            return ""
        return self.words[i + 1].lower

    def owns(self, i: int) -> bool:
        """Whether a word is in the possessive, with another behind it."""
        return i + 1 < len(self.words) and self.between(i).strip() in ("'s", "’s", "'", "’")

    def place(self, first: int, last: int) -> bool:
        """Whether words are a place's name."""
        start, end = self.words[first].start, self.words[last].end
        at = bisect_right(self.placed, (start, len(self.text))) - 1
        return any(s <= start < e or start <= s < end for s, e in self.placed[max(0, at) : at + 2])


def persons(text: str, language: Language, known: Known | None = None) -> list[Person]:
    """Everybody whom a text names, in order.

    Raises ``ModelMissingError``.
    """
    words = tokens(text, language)
    capitals = any(word.text[0].isupper() and not word.opens for word in words)
    placed = [(p.start, p.end) for p in places(text, language)] if capitals else []
    view = _Text(text, language, words, known or Known(), placed)
    return list(_found(view))


def _found(view: _Text) -> Iterator[Person]:
    i = 0
    while i < len(view.words):
        last, named = _titled(view, i) or _chain(view, i) or _small(view, i) or (i, None)
        if named is not None:
            yield named
        i = last + 1


_Found = tuple[int, Person | None]


def _span(view: _Text, first: int, last: int, sure: bool) -> Person:
    return Person(view.words[first].start, view.words[last].end, sure)


def _titled(view: _Text, i: int) -> _Found | None:
    """A title or an office with a name behind it."""
    word = view.words[i]
    title = word.lower in _titles(view.language)
    if not (title or word.lower in _either("offices")) or i + 1 >= len(view.words):
        return None
    if title and len(word.text) <= 2 and not word.text[0].isupper():
        return None  # "me", "m": words and letters in small
    shortened = word.lower in _both("shortened")  # "madame. You" ends a sentence
    if view.between(i).strip(_BLANKS) not in (("", ".") if title and shortened else ("",)):
        return None
    following = view.words[i + 1]
    if following.lower in _either("called") or following.lower in _either("offices"):
        return _titled(view, i + 1)
    particled = _particled(view, i + 1) or (title and _particled_capital(view, i + 1))
    if following.lower in _either("articles") | _LINKS and not particled:
        return None
    if following.text[0].isupper() or particled:
        return _titled_capital(view, i, title)
    if not _titled_small(view, i, title):
        return None
    last = i + 1
    while view.joined(last) and last < i + 3 and _small_part(view, last + 1):
        last += 1
    return last, _span(view, i, last, True)


def _titled_capital(view: _Text, i: int, title: bool) -> _Found | None:
    """A title and words with a capital: after an office only what is no word of the language."""
    last = _end_of_chain(view, i + 1)
    at = i + 1
    while at < last and view.words[at].lower in _PARTICLES:
        at += 1
    name = view.words[at]
    listed = is_given(name.lower) or is_family(name.lower)
    if not title:
        plain = is_word(name.lower) and name.lower not in view.known.names
        common = name.lower in _others() or (plain and (not listed or name.opens))
        body = _is_body(view, i, last, behind=False) or _is_body(view, i + 1, last, behind=False)
        if common or body:
            return None
    return last, _span(view, i, last, True)


def _titled_small(view: _Text, i: int, title: bool) -> bool:
    """Whether a word in small letters behind a title or an office is a name."""
    word, name = view.words[i], view.words[i + 1]
    listed = is_family(name.lower)
    if not is_plain(name.lower):
        return title or listed or is_given(name.lower)
    plain_title = word.lower in _both("titles_that_are_words")
    return title and listed and not plain_title and name.lower not in _everyday()


@cache
def _everyday() -> frozenset[str]:
    """Words that are never taken for a name in small letters: function words."""
    said = frozenset({"said", "says", "who", "dit", "qui", "est", "was"})
    functional = FUNCTION_WORDS["en"] | FUNCTION_WORDS["fr"]
    return functional | _either("articles") | _either("called") | _either("asks") | _LINKS | said


def _small_part(view: _Text, i: int) -> bool:
    """Whether a word in small letters continues a name."""
    lower = view.words[i].lower
    if view.words[i].text[0].isupper():
        return view.words[i].capital and not is_word(lower)
    return (len(lower) >= _SMALL_FAMILY and not may_be_word(lower)) or lower in view.known.names


def _end_of_chain(view: _Text, i: int) -> int:
    """The last word of the name that begins with this one."""
    last = i
    at = i
    while at - i < _LONGEST and view.joined(at):
        following = view.words[at + 1]
        if following.capital or (following.shouted and view.words[i].shouted):
            if following.lower in _either("titles") and len(following.text) > 1:
                break
            last = at = at + 1
        elif following.lower in _PARTICLES and at + 2 < len(view.words) and view.joined(at + 1):
            further = view.words[at + 2]
            double = further.lower in _PARTICLES
            if following.lower == "of":
                break
            at = at + 1
            if not (further.capital or double):
                break
        else:
            break
    return last


def _particled(view: _Text, i: int) -> bool:
    """Whether a particle and a capital follow: "de Gaulle", « Le Pen »."""
    return (
        view.words[i].lower in _PARTICLES - {"of"}
        and view.joined(i)
        and view.words[i + 1].text[0].isupper()
        and not is_word(view.words[i + 1].lower)
    )


def _particled_capital(view: _Text, i: int) -> bool:
    """Whether two words with capitals, the first a particle, follow a title: « Mme Le Pen »."""
    if not (view.words[i].lower in _PARTICLES and view.words[i].text[0].isupper()):
        return False
    following = view.words[i + 1] if view.joined(i) else None
    aside = _either("called") | _either("offices")
    return following is not None and following.capital and following.lower not in aside


def _is_body(view: _Text, first: int, last: int, behind: bool = True) -> bool:
    """Whether a chain of capitalized words names a body, a law, a place or a work.

    ``behind``: whether the words before the chain may say so, too.
    """
    chain = view.words[first : last + 1]
    lowers = [word.lower for word in chain]
    heads = [lower for lower in lowers[1:] if lower in _either("heads")]
    if heads and not (heads == lowers[-1:] and _called_like_a_place(view, first, last)):
        return True
    offices = _either("offices")  # "Minister Lacasse" is no ministry
    if lowers[0] in _either("heads_before") - offices and len(chain) > 1:
        return True
    if view.owns(last):  # "Oksana's plan" is hers, "St Luke's Hospital" a body
        return view.words[last + 1].text[0].isupper() and view.after(last) in _either("heads")
    if view.after(last) in _either("things_after") or _of_documents(view, first, last):
        return True
    if not behind:
        return False
    before = view.words[first - 1].lower if first and view.between(first - 1).strip() == "" else ""
    if before in _either("heads_before") - offices and not is_given(lowers[0]):
        return True
    of = before in ("of", "de", "du", "d") and first > 1 and view.between(first - 2) == " "
    if of and view.words[first - 2].lower in _either("heads") and not is_given(lowers[0]):
        return True
    return view.language == "fr" and _under_head(view, first)


def _of_documents(view: _Text, first: int, last: int) -> bool:
    """Whether an article tells that what follows is several works: "the Diamond and Reid reviews".

    Without one it is what somebody does: "Sarah reviews the plans".
    """
    return view.after(last) in _both("documents") and bool(_DEFINITE.search(view.before(first)))


def _called_like_a_place(view: _Text, first: int, last: int) -> bool:
    """Whether a person's family name is a place word: "Ada Brook", not "Victoria Park"."""
    head, tail = view.words[first].lower, view.words[last].lower
    if head in view.known.names and tail in view.known.names:
        return True
    if tail not in _both("family_heads") or not is_given(head) or is_common(head):
        return False
    before = view.words[first - 1].lower if first else ""
    article = before in _either("articles") - _CONJUNCTIONS
    return last == first + 1 and not article and head not in _both("place_givens")


def is_body(name: str, language: Language) -> bool:
    """Whether a name by itself is a body's, a place's or a work's."""
    words = tokens(name, language)
    if not words:
        return True
    view = _Text(name, language, words, Known(), [(p.start, p.end) for p in places(name, language)])
    last = len(words) - 1
    other = all(word.lower in _others() or word.lower in _either("called") for word in words)
    return other or _is_body(view, 0, last) or view.place(0, last)


def is_common(word: str) -> bool:
    """Whether a word is among the most frequent of either language."""
    return any(word in _list(f"commonest.{one}") for one in LANGUAGES)


def _under_head(view: _Text, first: int) -> bool:
    """French bodies and streets hold their name behind: « rue de la Montagne »."""
    at = first - 1
    while at >= 0 and first - at <= 4 and view.between(at).strip(" \u00a0'’lLdD") == "":
        lower = view.words[at].lower
        if lower in _either("offices"):
            return False
        if lower in _words("fr", "heads_before"):
            # A common noun before a given name may well be its owner's: « le projet de Marie ».
            return not (lower in _both("owned") and is_given(view.words[first].lower))
        if lower not in _PARTICLES | {"l", "d", "saint", "sainte"} and not view.words[at].capital:
            return False
        at -= 1
    return False


_LINKS = frozenset({"of", "and", "or", "et", "ou"})
#: These part a name from what stands before it as "the" does, but are conjunctions besides.
_CONJUNCTIONS = frozenset({"that", "this", "these", "those", "ce"})


def _chain(view: _Text, i: int) -> _Found | None:
    """A run of words with capitals."""
    word = view.words[i]
    if not word.text[0].isupper():
        return None
    if word.joined:
        return i, None if _is_thing(view, word.lower) else _span(view, i, i, False)
    if not (word.capital or word.shouted):
        return None
    last = _end_of_chain(view, i)
    first = i
    # "So Tom Reed", "Thanks Sam": what opens the sentence is no part of the name.
    while first < last and view.words[first].opens and not _names(view, first):
        first += 1
    if first == last and first > i and view.words[first].lower in _PARTICLES:
        return None
    if any(word.shouted for word in view.words[first : last + 1]) and not _shouted_name(
        view, first, last
    ):
        return last if first == last else i, None
    if _cited(view, first, last):
        return last, None
    chain = view.words[first : last + 1]
    if view.place(first, last) and not _known_there(view, first, last):
        return last, None
    if len(chain) > 1:
        return last, _of_several(view, first, _without_called(view, first, last))
    return last, _of_one(view, first)


def _without_called(view: _Text, first: int, last: int) -> int:
    """The end of a name without what people are called by: « Ada Roy Première question »."""
    lowers = [word.lower for word in view.words[first : last + 1]]
    named = is_given(lowers[0]) and lowers[0] not in _everyday() and not is_family(lowers[-1])
    if len(lowers) > _PAIR and named:
        return last - (lowers[-1] in _either("called"))
    return last


def _names(view: _Text, i: int) -> bool:
    """Whether the first word of a sentence is a name, or may well be one."""
    lower = view.words[i].lower
    if lower in view.known.names:
        return True
    if lower in _others() or lower in _everyday():
        return False
    if not is_plain(lower):
        return True
    following = view.words[i + 1].lower if i + 1 < len(view.words) else ""
    return is_given(lower) and (is_family(following) or not is_word(following))


def _shouted_name(view: _Text, first: int, last: int) -> bool:
    """Whether words of which some are in capitals alone name somebody: "Anna ROY"."""
    lowers = [word.lower for word in view.words[first : last + 1]]
    if any(lower in view.known.names for lower in lowers):
        return True
    if len(lowers) < 2 or not is_given(lowers[0]):
        return False
    if view.words[first].capital and len(lowers[-1]) > 3:
        return True
    names = all(len(low) > 2 and (is_family(low) or not is_word(low)) for low in lowers[1:])
    return names and not is_word(lowers[0])


def _cited(view: _Text, first: int, last: int) -> bool:
    """Whether a name is that of the author of a work: those stay."""
    if _CITED_AFTER.match(view.text, view.words[last].end):
        return True
    if view.ends_before(first, "cited_before"):
        return True
    if not view.ends_before(first, "made_by"):
        return False
    before = view.before(first, 60)  # a grant is written by somebody who is named; a book is cited
    return any(word in _words(view.language, "cited_works") for word in before.split())


def _known_there(view: _Text, first: int, last: int) -> bool:
    return any(word.lower in view.known.names for word in view.words[first : last + 1])


def _of_several(view: _Text, first: int, last: int) -> Person | None:
    """Somebody named by several words, or None: the chain is a body's, a place's, a thing's."""
    chain = view.words[first : last + 1]
    names = [word for word in chain if word.lower not in _PARTICLES and len(word.text) > 1]
    lowers = [word.lower for word in names]
    if not names or _is_body(view, first, last):
        return None
    if any(lower in view.known.names for lower in lowers):
        return _span(view, first, last, True)
    if len(lowers) > _LIKELY or any(_is_thing(view, lower) for lower in lowers):
        return None
    other = [lower in _others() or lower in _either("called") for lower in lowers]
    if _given_before_particle(view, first, last):
        return _span(view, first, last, True)
    if all(is_word(lower) or o for lower, o in zip(lowers, other, strict=True)):
        rare = is_given(lowers[0]) and not any(is_common(lower) for lower in lowers)
        often = rare or lowers[0] in _both("often_given")
        likely = often and len(lowers) > 1 and is_family(lowers[-1])
        return _span(view, first, last, False) if likely and not other[-1] else None
    if other[-1] or (other[0] and not is_given(lowers[0])):
        rest = [word for word, o in zip(names, other, strict=True) if not o]
        alone = len(rest) == 1 and is_given(rest[0].lower) and not is_word(rest[0].lower)
        return Person(rest[0].start, rest[0].end, True) if alone else None
    return _by_lists(view, first, last, lowers)


def _given_before_particle(view: _Text, first: int, last: int) -> bool:
    """Whether a given name and a particle make a name of words: « Reine Le Port »."""
    inner = [word for word in view.words[first + 1 : last] if word.text[0].isupper()]
    particled = any(word.lower in _PARTICLES for word in inner)
    return particled and view.language == "fr" and is_given(view.words[first].lower)


def _by_lists(view: _Text, first: int, last: int, lowers: Sequence[str]) -> Person | None:
    """Whether first and last word make a name, of which at least one is no word."""
    head, tail = lowers[0], lowers[-1]
    if is_given(head):
        return _span(view, first, last, True)
    listed = is_given(tail) or is_family(tail)
    if is_word(tail) and not is_family(tail):
        return None
    if is_word(head) and not listed:
        return None
    return _span(view, first, last, listed and not is_word(head))


def _is_thing(view: _Text, lower: str) -> bool:
    """Whether the document uses a word, which is no given name, for no person.

    A given name that bodies and laws are called by is one there: "the Bill".
    """
    return lower in view.known.things and (lower in _either("heads") or not is_given(lower))


@cache
def _aside() -> frozenset[str]:
    """Words that by themselves name nobody, however they are written."""
    return _others() | _either("called") | _either("offices") | _either("titles")


def _of_one(view: _Text, i: int) -> Person | None:
    """Somebody named by one word with a capital, or None."""
    word = view.words[i]
    lower = word.lower
    if lower in view.known.names:
        return _known(view, i)
    if len(lower) < 2 or lower in _aside() or _lies_somewhere(view, i):
        return None
    if _is_thing(view, lower) and not (is_given(lower) and _somebody_does(view, i)):
        return None
    if _thing(view, i):
        return _span(view, i, i, False) if _named_after(view, i) else None
    given, family = is_given(lower), is_family(lower)
    if is_word(lower) or (word.opens and is_plain(lower)):
        return _also_a_word(view, i, given) if given or family or _called(view, i) else None
    saint = view.before(i).endswith(("st.", "ste.", "mt.", "ft."))
    if saint or view.ends_before(i, "place_before"):
        return None
    if given or family:
        return _span(view, i, i, given)
    placed = view.language == "fr" and view.before(i).endswith((" à ", "\u00a0à "))
    strange = len(lower) > 2 and not _ENDINGS.search(lower) and not placed
    return _span(view, i, i, False) if strange else None


def _somebody_does(view: _Text, i: int) -> bool:
    """Whether a word is spoken to, or does what people do: "Bill said"."""
    return _spoken_to(view, i) or view.after(i) in _words(view.language, "does")


def _lies_somewhere(view: _Text, i: int) -> bool:
    """Whether a word with hyphens is a place's, by a part of it: « Odrane-Plateau ».

    Saints are places only behind « à », where nobody is asked or told something.
    """
    parts = view.words[i].lower.split("-")
    if len(parts) < _PAIR:
        return False
    if any(part in _both("place_parts") for part in parts):
        return not (is_given(parts[0]) and parts[0] not in _both("place_parts"))
    at = view.before(i).endswith((" à ", "\n", "\u00a0à ")) and parts[0] in ("saint", "sainte")
    return at and not view.ends_before(i, "asked") and not view.ends_before(i, "introduced")


def _known(view: _Text, i: int) -> Person | None:
    """Somebody known by name; a name that is a word, too, says so only where a capital tells."""
    does = _does_or_is(view.language)
    word = view.words[i]
    told = not is_word(word.lower) or not word.opens
    if not (told or _spoken_to(view, i) or view.after(i) in does):
        return None
    if _thing(view, i):
        return _span(view, i, i, False) if _named_after(view, i) else None
    return _span(view, i, i, True)


def _named_after(view: _Text, i: int) -> bool:
    """Whether a government is called after somebody, or a report after one who speaks there.

    Other reports, reviews and laws are public: "the Reid report". What lies somewhere is called
    after people, too, but nobody is named by it: "the Reid bridge".
    """
    behind = view.after(i)
    if not behind or view.words[i + 1].text[0].isupper() or view.owns(i):
        return False
    if behind in _both("documents") and view.words[i].lower not in view.known.speakers:
        return False
    if view.words[i].lower in view.known.names:
        return behind not in _both("sites")
    lower = view.words[i].lower
    strange = not may_be_word(lower) or (is_family(lower) and not is_common(lower))
    return strange and behind in _both("works")


def names_of_works(text: str) -> frozenset[str]:
    """The words, lower case, that public works are called by: "the Oram and Reid reviews"."""
    works = "|".join(sorted(_both("documents")))
    called = re.finditer(
        rf"\b(?i:the|these|those|both) (?:(\w+) (?:and|&) )?(\w+) (?:{works})(?!\w)", text
    )
    return frozenset(name.lower() for one in called for name in one.groups() if name)


def _thing(view: _Text, i: int) -> bool:
    """Whether an article before a name, or a word behind it, makes it a thing's or a place's."""
    if view.after(i) in _either("family_after"):
        return False
    if _is_body(view, i, i):
        return True
    before = view.words[i - 1] if i else None
    if before is None or view.between(i - 1).strip(" \u00a0") not in ("", "'", "’"):
        return False
    if before.shouted and view.words[i].lower in _either("heads"):
        return True  # "the RTA Bill"
    if view.language == "fr" and view.text[before.end : view.words[i].start] == "":
        return False
    if before.lower == "les":
        return not (is_family(view.words[i].lower) or view.words[i].lower in view.known.names)
    elided = view.before(i)[-2:] == "l'"
    if before.lower in _CONJUNCTIONS and not is_word(view.words[i].lower):
        return False
    return before.lower in _words(view.language, "articles") or elided


def _spoken_to(view: _Text, i: int) -> bool:
    """Whether somebody is spoken to: « Merci Claire », "Will, can you"."""
    gap = view.between(i) if i + 1 < len(view.words) else view.text[view.words[i].end :]
    word = view.words[i]
    if word.opens and gap.strip()[:1] in (".", "?", "!") and word.text[0].isupper():
        return True  # the whole of a sentence: "Mark."
    if view.ends_before(i, "spoken_to") and (not gap.strip() or gap.strip()[0] in ",.!?;—–-"):
        return True
    asks = i + 1 < len(view.words) and view.words[i + 1].lower in _words(view.language, "asks")
    return view.words[i].text[0].isupper() and gap.startswith((",", ":")) and asks


def _also_a_word(view: _Text, i: int, given: bool) -> Person | None:
    """A name that is a word of the language besides: Mark, Rose, Young, Claire."""
    word = view.words[i]
    functional = word.lower in _everyday() and word.lower != "will"
    if word.opens:
        named = given or (is_family(word.lower) and view.owns(i)) or _called(view, i)
        told = named and _heard(view, i) and not _bare_word(view, i)
        beside = not is_common(word.lower) and _with_another(view, i)
        return _span(view, i, i, False) if (told or beside) and not functional else None
    if not given and not is_family(word.lower):
        return None
    common = word.lower in _everyday() or is_common(word.lower)
    likely = given and word.lower in _both("often_given")
    if common and not likely and view.after(i) not in _words(view.language, "does"):
        return None
    if word.lower in _everyday() and not (likely or _spoken_to(view, i)):
        return None
    return None if view.ends_before(i, "place_before") else _span(view, i, i, False)


def _bare_word(view: _Text, i: int) -> bool:
    """Whether a common word is all of a sentence: "True." "Done." """
    word = view.words[i]
    gap = view.between(i) if i + 1 < len(view.words) else view.text[word.end :]
    usual = is_common(word.lower) and word.lower not in _both("often_given")
    return usual and gap.strip()[:1] in (".", "?", "!")


def _with_another(view: _Text, i: int) -> bool:
    """Whether somebody else is named beside: "Farrow and McKechnie", « Labonté et Cissé »."""
    if view.after(i) not in ("and", "et") or not view.joined(i + 1):
        return False
    other = view.words[i + 2]
    return other.capital and not is_plain(other.lower) and other.lower not in _others()


def _heard(view: _Text, i: int) -> bool:
    """Whether a word that opens a sentence is spoken to, speaks, or is told where from."""
    gap = view.text[view.words[i].end : view.words[i].end + 2]
    following = view.words[i + 1].lower if i + 1 < len(view.words) else ""
    placed = gap == ", " and following in _words(view.language, "does")  # « Régis, du quartier »
    told = placed or view.owns(i) or _beside_somebody(view, i)
    return told or _spoken_to(view, i) or _bare_speaker(view, i)


def _known_small(view: _Text, i: int) -> _Found:
    """Somebody known, in small letters, with what follows of the name."""
    last = _family_behind(view, i, plain=False, asked=True) or i
    while view.joined(last) and last < i + 2 and _small_part(view, last + 1):
        last += 1
    return last, _span(view, i, last, True)


def _small(view: _Text, i: int) -> _Found | None:
    """A name in small letters: "ask kevin lalonde", "thanks mark"."""
    word = view.words[i]
    lower = word.lower
    if lower in view.known.names and not may_be_word(lower) and len(lower) > 2:
        return _known_small(view, i)
    if word.text[0].isupper() or view.place(i, i) or _derived(lower):
        return None
    if (lower in _everyday() or lower in _others()) and not (
        lower in _both("often_given") and view.ends_before(i, "asked")
    ):
        return None
    given = is_given(lower)
    if not given and (last := _odd_pair(view, i)):
        return last, _span(view, i, last, False)
    if not given and is_plain(lower):
        return (i, _span(view, i, i, False)) if _bare_speaker(view, i) else None
    parts = lower.split("-")
    double = len(parts) > 1 and all(is_given(p) and p not in _everyday() for p in parts)
    asked = (
        (view.owns(i) and not _determined(view, i))
        or view.ends_before(i, "asked")
        or _spoken_to(view, i)
        or _beside_somebody(view, i)
    )
    # A given name that was never met as a word is none, whatever a dictionary knows.
    plain = not double and (
        is_word(lower) if given else is_plain(lower) if asked else may_be_word(lower)
    )
    if not given and (plain or not asked or len(lower) < _SMALL_FAMILY):
        return (i, _span(view, i, i, False)) if _bare_speaker(view, i) else None
    if last := _family_behind(view, i, plain, asked or double):
        return last, _span(view, i, last, not plain and given)
    if plain:
        told = asked and len(lower) > 2 and (lower in _both("often_given") or not is_common(lower))
        return (i, _span(view, i, i, False)) if told or _bare_speaker(view, i) else None
    long = len(lower) >= _SMALL_GIVEN - (not is_plain(lower))
    if long or asked or view.ends_before(i, "introduced"):
        return i, _span(view, i, i, asked and given)
    return None


def _determined(view: _Text, i: int) -> bool:
    """Whether an article stands before a word: "this summer's series" is nobody's."""
    before = view.words[i - 1].lower if i and not view.between(i - 1).strip() else ""
    return before in _words(view.language, "articles")


def _derived(word: str) -> bool:
    """Whether a word is made of another, and no name that a list knows: "ridership"."""
    known = is_given(word) or is_family(word)
    return len(word) >= _LONG and not known and bool(_ENDINGS.search(word))


def _family_behind(view: _Text, i: int, plain: bool, asked: bool) -> int | None:
    """The last word of a family name in small letters that follows, particles with it; or None.

    Behind a given name that is no word any odd word is one; a word of the language only where
    somebody is asked, spoken to, or goes on as the one who does something.
    """
    last = i + 1
    if i + 2 < len(view.words) and view.joined(i) and _small_particle(view, last):
        last += 1
    if last >= len(view.words) or not view.joined(last - 1):
        return None
    lower = view.words[last].lower
    short = len(lower) < _SMALL_FAMILY and (may_be_word(lower) or not is_family(lower))
    if view.words[last].text[0].isupper() or lower in _everyday() or short:
        return None
    if is_family(lower) and not plain and not is_common(lower):
        return last
    if is_family(lower) and not (is_word(lower) or is_word(view.words[i].lower)):
        return last  # "rosaire caron": each a word of the dictionary, neither met as one
    if is_plain(lower):
        asked = asked or (not plain and not is_common(lower) and _goes_on(view, last))
        heard = not plain or view.words[i].lower in _both("often_given") or not is_common(lower)
        return last if asked and is_family(lower) and heard else None
    return last if is_family(lower) or not plain or asked else None


def _odd_pair(view: _Text, i: int) -> int | None:
    """The second of two words in small letters that look like a name: "rosaire caron"; or None.

    Two words that nobody knows, or a rare word and a family name that is no word.
    """
    if i + 1 >= len(view.words) or not view.joined(i):
        return None
    lower, second = view.words[i].lower, view.words[i + 1].lower
    if len(second) < _SMALL_GIVEN or may_be_word(second) or not view.words[i + 1].text.islower():
        return None
    aside = second in _others() or second in _everyday() or is_given(second)
    if aside or view.place(i + 1, i + 1):
        return None
    strange = not may_be_word(lower) and not _ENDINGS.search(second)
    rare = is_family(second) and not is_common(lower) and lower not in _either("heads")
    headed = lower in _either("heads_before") or lower in _either("titles")
    return i + 1 if (strange or rare) and not headed and len(lower) >= _SMALL_GIVEN else None


def _small_particle(view: _Text, i: int) -> bool:
    """Whether a word may part a given name in small letters from a family name: "da", "ould"."""
    lower = view.words[i].lower
    return lower in _PARTICLES and lower not in _everyday() and view.joined(i)


def _goes_on(view: _Text, i: int) -> bool:
    """Whether whoever is named up to here does or is something: "… who could not come"."""
    following = view.after(i)
    return following in ("who", "qui") or following in _does_or_is(view.language)


@cache
def _does_or_is(language: Language) -> frozenset[str]:
    return _words(language, "does") | _words(language, "is")


def _beside_somebody(view: _Text, i: int) -> bool:
    """Whether somebody is named together with the one who speaks: "X and me", « X et moi »."""
    if i + 2 >= len(view.words) or view.after(i) not in ("and", "et"):
        return False
    return view.after(i + 1) in ("me", "i", "myself", "moi")


def _bare_speaker(view: _Text, i: int) -> bool:
    """Whether a word without an article says or asks something: "what marigold always says".

    Things have an article where they do so; a plural or a mass noun may do without.
    """
    lower, says = view.words[i].lower, _words(view.language, "says")
    behind = view.after(i)
    if behind in _words(view.language, "adverbs"):
        behind = view.after(i + 1)
    if behind not in says or len(lower) < _SMALL_GIVEN or is_common(lower):
        return False
    if lower in _everyday() or lower.endswith(("s", "ing", "ly")) or _ENDINGS.search(lower):
        return False
    before = view.words[i - 1].lower if i and view.between(i - 1).strip() == "" else ""
    return not before or before in _words(view.language, "clause_opens")


def _called(view: _Text, i: int) -> bool:
    """Whether a word that opens a sentence, and is on no list, is spoken to, or speaks."""
    lower = view.words[i].lower
    if not view.words[i].opens or is_common(lower) or _ENDINGS.search(lower):
        return False
    if lower in _everyday() or lower.endswith(("ly", "ing")):
        return False
    you = {view.after(i + 1), view.after(i + 2)} & _words(view.language, "you")
    return (_spoken_to(view, i) and bool(you)) or _bare_speaker(view, i)


@lru_cache(maxsize=4096)
def names_in_label(label: str) -> frozenset[str]:
    """The words of a speaker's label that name somebody, in lower case.

    A label may say what somebody does instead ("Deputy clerk", « Élue principale », "Speaker 2").
    """
    inner = [part for part in PARENTHESES.findall(label) if _HONOURED.match(part)]
    bare = re.split(r"\s*[(,\[–—|/]|\s-\s", label, maxsplit=1)[0]
    return frozenset(name for part in (bare, *inner) for name in _names_in(part))


def _names_in(label: str) -> frozenset[str]:
    words = [word for word in tokens(label, "en") if len(word.text) > 1]
    aside = _either("titles") | _either("called") | _either("offices") | _PARTICLES
    own = [word.lower for word in words if word.lower not in aside]
    strange = [lower for lower in own if not is_word(lower)]
    if strange or (own and is_given(own[0]) and all(word.capital for word in words)):
        return frozenset(
            lower for lower in own if lower in strange or is_given(lower) or is_family(lower)
        )
    return frozenset()
