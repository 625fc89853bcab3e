"""Persons in English and French text: whoever is named, also in small letters.

In: a text, its language, and the names that are known already (of speakers, of a list). Out:
``Named`` spans, in order. A name is known by a title before it ("Mrs. Okafor"), by the lists of
``models/weights/names`` or by its shape: a word with a capital inside a sentence that is none of
the language's. Public bodies, places, laws, and authors of a cited work stay: what stands beside a
name says so (``persons.toml``). What is likely, and no more, is found all the same, and marked
``sure=False``: a name told is worse than a word left out.
"""

from __future__ import annotations

import gzip
import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from corpus.document import LANGUAGES, Language
from corpus.text import PARENTHESES
from models.artefacts import artefact
from models.components import table
from models.components.places import places

#: A word with its hyphens; an apostrophe parts it only where the language elides.
_TOKEN = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*(?:-[^\W\d_]+(?:[’'][^\W\d_]+)*)*")
_ELIDED = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)[’'](?=[^\W\d_]{2})", re.IGNORECASE)
_PREFIXED = re.compile(r"(?:[DO]['’]|Mc|Mac|De|Di|La|Le|Van|Fitz)[A-ZÀ-Þ][a-zß-ÿ]+$")
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")
_CONTRACTED = re.compile(r"['’](?:s|ll|d|ve|re|m)$|n['’]t$", re.IGNORECASE)
_OPENS = frozenset(".!?…:;\"“«([—–-•>|\n")
_PARTICLES = frozenset(
    {"al", "ap", "bin", "bint", "da", "das", "de", "del", "della", "den", "der", "des", "di", "dos"}
    | {"du", "el", "ibn", "la", "le", "ter", "van", "von", "y", "of", "d", "st"}
)
#: No chain of names has more words, no name that is only likely more.
_LONGEST, _LIKELY = 6, 4
#: A given name in small letters by itself, or a family name behind it, has this many letters.
_SMALL_GIVEN, _SMALL_FAMILY = 4, 3
_CITED_AFTER = re.compile(
    r"\s+(?:et al\b|et coll\b|and colleagues\b|et (?:ses )?collègues\b)"
    r"|,?\s*\(?(?:1[89]|20)\d\d[a-z]?\)",
    re.IGNORECASE,
)
_ENDINGS = re.compile(
    r"(?:tions?|ments?|ings?|ness|ism[es]?|ists?|able|ible|ités?|ies|ique|iques|euses?|ology|"
    r"graphy|ware|ised?|ized?|ally|eaux|ship|ance|ence)$"
)
_HONOURED = re.compile(r"(?:Hon|Mr|Ms|Mrs|Dr|M|Mme|Mlle|Prof)\b\.?\s")


@dataclass(frozen=True, slots=True)
class Named:
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
        return self.text[0].isupper() and (
            all(part[:1].isupper() and (part[1:].islower() or len(part) == 1 or bool(_PREFIXED.match(part)))
                for part in self.text.split("-") if part)
            or bool(_PREFIXED.match(self.text))
        )

    @property
    def joined(self) -> bool:
        """Two names in one, as a careless copy has them: "AnnaRoy"."""
        parts = re.fullmatch(r"([A-ZÀ-Þ][a-zß-ÿ]{2,})([A-ZÀ-Þ][a-zß-ÿ]{2,})", self.text)
        return bool(parts) and is_given(parts[1].lower()) and is_family(parts[2].lower())

    @property
    def shouted(self) -> bool:
        """Written in capitals alone."""
        return len(self.text) > 1 and self.text.isupper()


@cache
def _list(name: str) -> frozenset[str]:
    """A list of the artefact.

    Raises ``ModelMissingError``.
    """
    path = artefact("names") / f"{name}.txt.gz"
    return frozenset(gzip.decompress(path.read_bytes()).decode("utf-8").split("\n")) - {""}


@cache
def _words(language: Language, key: str) -> frozenset[str]:
    return frozenset(table("persons")[language][key])


@cache
def _either(key: str) -> frozenset[str]:
    return frozenset(word for language in LANGUAGES for word in _words(language, key))


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
    return frozenset(w.lower() for one in LANGUAGES for w in _list(f"others.{one}")) | _either(
        "no_persons"
    )


def is_given(word: str) -> bool:
    """Whether a word in lower case, or a part of it, is a known given name."""
    names = _list("given")
    return word in names or ("-" in word and all(part in names for part in word.split("-")))


def is_family(word: str) -> bool:
    """Whether a word in lower case, or a part of it, is a known family name."""
    names = _list("family")
    return word in names or ("-" in word and any(part in names for part in word.split("-")))


def is_word(word: str) -> bool:
    """Whether a word in lower case is met as one in either language, whatever else it is."""
    return any(word in _list(f"words.{one}") for one in LANGUAGES) or (
        "-" in word and all(not part or is_word(part) for part in word.split("-"))
    )


def may_be_word(word: str) -> bool:
    """Whether a word in lower case is one, or is frequent and on no list of names."""
    return is_word(word) or any(word in _list(f"frequent.{one}") for one in LANGUAGES)


def tokens(text: str, language: Language) -> list[Token]:
    """The words of a text; elisions and possessives aside."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if elided := _ELIDED.match(match.group()):
            small = match.group()[0].islower() or language == "fr"
            if small and not (_PREFIXED.match(match.group()) and language == "en"):
                start += elided.end()
        if possessive := _POSSESSIVE.search(text[start:end]):
            end = start + possessive.start()
        if contracted := _CONTRACTED.search(text[start:end]):
            end = start + contracted.start()
        before = text[:start].rstrip(" \u00a0\u202f") if start < 40 else text[start - 40 : start].rstrip(" \u00a0\u202f")
        opens = not before or before[-1] in _OPENS
        if before.endswith(".") and _abbreviates(before):
            opens = False
        if end > start:
            word = text[start:end]
            found.append(Token(word, start, end, opens, word.lower().replace("’", "'")))
    return found


def _abbreviates(before: str) -> bool:
    """Whether the full stop before a word is that of a title or an initial."""
    word = re.search(r"([^\W\d_]+)\.$", before)
    return word is not None and (
        len(word[1]) == 1 and word[1].isupper() or word[1].lower() in _either("titles")
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
        return self.text[max(0, self.words[i].start - length) : self.words[i].start].lower().replace("’", "'")

    def ends_before(self, i: int, key: str) -> bool:
        """Whether one of a list's cues stands right before a word."""
        before = self.before(i).rstrip(" \u00a0,:") + " "
        return any(before.endswith(f" {cue.rstrip(',')} ") or before == f"{cue.rstrip(',')} " for cue in _words(self.language, key) if not cue.endswith("'")) or any(
            self.before(i).endswith(cue) for cue in _words(self.language, key) if cue.endswith("'"))

    def after(self, i: int) -> str:
        """The word behind a word, lower case, where nothing but a blank parts them."""
        return self.words[i + 1].lower if i + 1 < len(self.words) and self.between(i).strip() in ("", "'s", "’s") else ""

    def place(self, first: int, last: int) -> bool:
        """Whether words are a place's name."""
        start, end = self.words[first].start, self.words[last].end
        at = bisect_right(self.placed, (start, len(self.text))) - 1
        return any(s <= start < e or start <= s < end for s, e in self.placed[max(0, at) : at + 2])


def persons(text: str, language: Language, known: Known | None = None) -> list[Named]:
    """Everybody whom a text names, in order.

    Raises ``ModelMissingError``.
    """
    words = tokens(text, language)
    capitals = any(word.text[0].isupper() and not word.opens for word in words)
    placed = [(p.start, p.end) for p in places(text, language)] if capitals else []
    view = _Text(text, language, words, known or Known(), placed)
    return list(_found(view))


def _found(view: _Text) -> Iterator[Named]:
    i = 0
    while i < len(view.words):
        last, named = _titled(view, i) or _chain(view, i) or _small(view, i) or (i, None)
        if named is not None:
            yield named
        i = last + 1


_Found = tuple[int, Named | None]


def _span(view: _Text, first: int, last: int, sure: bool) -> Named:
    return Named(view.words[first].start, view.words[last].end, sure)


def _titled(view: _Text, i: int) -> _Found | None:
    """A title or an office with a name behind it."""
    word = view.words[i]
    title = word.lower in _titles(view.language)
    office = word.lower in _either("offices")
    if not (title or office) or i + 1 >= len(view.words):
        return None
    if title and len(word.text) <= 2 and not word.text[0].isupper():
        return None  # "me", "m": words and letters in small
    gap = view.between(i)
    if gap.strip(" \u00a0") not in ("", ".") or (office and not title and gap.strip()):
        return None
    following = view.words[i + 1]
    if following.lower in _either("called") or following.lower in _either("offices"):
        further = _titled(view, i + 1)
        return further
    small = not following.text[0].isupper()
    if small and (following.lower in _either("articles") or following.lower in _LINKS):
        if not (following.lower in _PARTICLES and _particled(view, i + 1)):
            return None
    if not small or _particled(view, i + 1):
        plain = is_word(following.lower) and not view.known.names & {following.lower}
        listed = is_given(following.lower) or is_family(following.lower)
        if not title and (plain and not listed or following.lower in _others()):
            return None
        if not title and plain and listed and word.opens:
            return None
        last = _end_of_chain(view, i + 1)
        if not title and _is_body(view, i + 1, last, behind=False):
            return None
        return last, _span(view, i, last, True)
    if may_be_word(following.lower) or following.text[0].isupper():
        if not (title and is_family(following.lower) and len(word.text) > 1 and word.lower not in ("me", "pre", "pr", "miss", "lord", "lady", "maître", "hon")):
            return None
        if following.lower in _everyday(view.language):
            return None
    elif office and not title and not (is_given(following.lower) or is_family(following.lower)):
        return None
    last = i + 1
    while view.joined(last) and last < i + 3 and _small_part(view, last + 1):
        last += 1
    return last, _span(view, i, last, True)


@cache
def _everyday(language: Language) -> frozenset[str]:
    """Words that are never taken for a name in small letters: function words."""
    from corpus.language_detection import FUNCTION_WORDS

    return FUNCTION_WORDS["en"] | FUNCTION_WORDS["fr"] | _either("articles") | _either("called") | _either("asks") | {
        "said", "says", "who", "dit", "qui", "est", "was", "and", "or", "et", "ou"}


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
            if following.lower in ("of", "la", "le", "des") and not double and view.language == "en" and following.lower == "of":
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


def _is_body(view: _Text, first: int, last: int, behind: bool = True) -> bool:
    """Whether a chain of capitalized words names a body, a law, a place or a work.

    ``behind``: whether the words before the chain may say so, too.
    """
    chain = view.words[first : last + 1]
    lowers = [word.lower for word in chain]
    heads = [lower for lower in lowers[1:] if lower in _either("heads")]
    if heads and not (heads == lowers[-1:] and _called_like_a_place(view, first, last)):
        return True
    if lowers[0] in _either("heads_before") and len(chain) > 1:
        return True
    if view.after(last) in _either("things_after"):
        return True
    if not behind:
        return False
    before = view.words[first - 1].lower if first and view.between(first - 1).strip() == "" else ""
    if before in _either("heads_before") and not is_given(lowers[0]):
        return True
    if before in ("of", "de", "du", "d") and first > 1 and view.between(first - 2) == " ":
        if view.words[first - 2].lower in _either("heads") and not is_given(lowers[0]):
            return True
    return view.language == "fr" and _under_head(view, first)


def _called_like_a_place(view: _Text, first: int, last: int) -> bool:
    """Whether a person's family name is a place word: "Ada Brook", not "Victoria Park"."""
    head, tail = view.words[first].lower, view.words[last].lower
    if tail not in _both("family_heads") or not is_given(head) or is_word(head):
        return head in view.known.names and tail in view.known.names
    article = first and view.words[first - 1].lower in _either("articles")
    return last == first + 1 and not article and head not in _both("place_givens")


def _under_head(view: _Text, first: int) -> bool:
    """French bodies and streets hold their name behind: « rue de la Montagne », « école Jean-XXIII »."""
    at = first - 1
    while at >= 0 and first - at <= 4 and view.between(at).strip(" \u00a0'’lLdD") == "":
        lower = view.words[at].lower
        if lower in _words("fr", "heads_before"):
            # A common noun before a given name may well be its owner's: « le projet de Marie ».
            return not (lower in _OWNED and is_given(view.words[first].lower))
        if lower not in _PARTICLES | {"l", "d", "saint", "sainte"} and not view.words[at].capital:
            return False
        at -= 1
    return False


_LINKS = frozenset({"of", "and", "or", "et", "ou"})
#: These part a name from what stands before it as "the" does, but are conjunctions besides.
_CONJUNCTIONS = frozenset({"that", "this", "these", "those", "ce"})
_OWNED = frozenset({"projet", "plan", "rapport", "maison", "groupe", "bureau", "table", "service", "services", "prix", "initiative", "programme", "quartier", "secteur", "fête", "résidence", "direction"})


def _chain(view: _Text, i: int) -> _Found | None:
    """A run of words with capitals."""
    word = view.words[i]
    if word.joined and not _PREFIXED.match(word.text):
        return i, _span(view, i, i, False)
    if not (word.capital or word.shouted):
        return None
    last = _end_of_chain(view, i)
    first = i
    # "So Tom Reed", "Thanks Sam": what opens the sentence is no part of the name.
    while first < last and view.words[first].opens and not _names(view, first) :
        first += 1
    if first == last and first > i and view.words[first].lower in _PARTICLES:
        return None
    if any(word.shouted for word in view.words[first : last + 1]) and not _shouted_name(view, first, last):
        return last if first == last else i, None
    if _cited(view, first, last):
        return last, None
    chain = view.words[first : last + 1]
    if view.place(first, last) and not _known_there(view, first, last):
        return last, None
    if len(chain) > 1:
        return last, _of_several(view, first, last)
    return last, _of_one(view, first)


def _names(view: _Text, i: int) -> bool:
    """Whether the first word of a sentence is a name, or may well be one."""
    lower = view.words[i].lower
    if lower in view.known.names:
        return True
    if lower in _others() or lower in _everyday(view.language):
        return False
    if not may_be_word(lower):
        return True
    following = view.words[i + 1].lower if i + 1 < len(view.words) else ""
    return is_given(lower) and (is_family(following) or not is_word(following))


def _shouted_name(view: _Text, first: int, last: int) -> bool:
    lowers = [word.lower for word in view.words[first : last + 1]]
    known = any(lower in view.known.names for lower in lowers)
    listed = len(lowers) > 1 and is_given(lowers[0]) and all(
        len(lower) > 2 and (is_family(lower) or not is_word(lower)) for lower in lowers[1:]
    )
    mixed = len(lowers) > 1 and view.words[first].capital and is_given(lowers[0]) and len(lowers[-1]) > 3
    return known or mixed or (listed and not is_word(lowers[0]))


def _cited(view: _Text, first: int, last: int) -> bool:
    """Whether a name is that of the author of a work: those stay."""
    if _CITED_AFTER.match(view.text, view.words[last].end):
        return True
    return view.ends_before(first, "cited_before")


def _known_there(view: _Text, first: int, last: int) -> bool:
    return any(word.lower in view.known.names for word in view.words[first : last + 1])


def _of_several(view: _Text, first: int, last: int) -> Named | None:
    chain = view.words[first : last + 1]
    names = [word for word in chain if word.lower not in _PARTICLES and len(word.text) > 1]
    if not names:
        return None
    if _is_body(view, first, last):
        return None
    lowers = [word.lower for word in names]
    if any(lower in view.known.names for lower in lowers):
        return _span(view, first, last, True)
    if len(lowers) > _LIKELY or any(lower in view.known.things and not is_given(lower) for lower in lowers):
        return None
    head, tail = lowers[0], lowers[-1]
    other = [lower in _others() or view.words[first].lower in _either("called") for lower in lowers]
    if all(is_word(lower) or o for lower, o in zip(lowers, other, strict=True)):
        likely = head in _both("often_given") and is_family(tail) and not other[0] and not other[-1]
        return _span(view, first, last, False) if likely else None
    if is_given(head) and not other[-1]:
        return _span(view, first, last, True)
    if other[-1] or other[0]:
        single = [word for word, o in zip(names, other, strict=True) if not o]
        if len(single) == 1 and is_given(single[0].lower) and not is_word(single[0].lower):
            return Named(single[0].start, single[0].end, True)
        return None
    if is_word(tail) and not is_family(tail):
        return None
    listed = is_given(tail) or is_family(tail)
    if is_word(head) and not is_given(head) and not listed:
        return None
    return _span(view, first, last, listed and not is_word(head))


def _of_one(view: _Text, i: int) -> Named | None:
    word = view.words[i]
    lower = word.lower
    if lower in view.known.names:
        does = _words(view.language, "does") | _words(view.language, "is")
        if not is_word(lower) or not word.opens or _spoken_to(view, i) or view.after(i) in does:
            return None if _thing(view, i) else _span(view, i, i, True)
        return None
    if len(lower) < 2 or lower in _others() or lower in _either("called") or (lower in view.known.things and not is_given(lower)):
        return None
    if view.before(i).endswith(("st.", "ste.", "mt.", "ft.")):
        return None
    if lower in _either("titles") or lower in _either("offices") or _thing(view, i):
        return None
    given, family = is_given(lower), is_family(lower)
    if is_word(lower) or (word.opens and may_be_word(lower)):
        return _also_a_word(view, i, given, family)
    if _CONTRACTED.search(word.text):
        return None
    placed = view.ends_before(i, "place_before")
    if given and not placed:
        return _span(view, i, i, True)
    if placed:
        return None
    if family:
        return _span(view, i, i, False)
    if view.language == "fr" and view.before(i).endswith((" à ", "\u00a0à ")):
        return None
    if _ENDINGS.search(lower) or len(lower) < 3:
        return None
    return _span(view, i, i, False)


def _thing(view: _Text, i: int) -> bool:
    """Whether an article before a name, or a word behind it, makes it a thing's or a place's."""
    if view.after(i) in _either("family_after"):
        return False
    if _is_body(view, i, i):
        return True
    before = view.words[i - 1] if i else None
    if before is None or view.between(i - 1).strip(" \u00a0") not in ("", "'", "’"):
        return False
    if view.language == "fr" and view.text[before.end : view.words[i].start] == "" :
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
    return view.words[i].text[0].isupper() and gap.startswith(",") and asks


def _also_a_word(view: _Text, i: int, given: bool, family: bool) -> Named | None:
    """A name that is a word of the language besides: Mark, Rose, Young, Claire."""
    word = view.words[i]
    if not (given or family):
        return None
    if word.opens:
        common = word.lower in _everyday(view.language) and word.lower != "will"
        return _span(view, i, i, False) if given and not common and _spoken_to(view, i) else None
    everyday = word.lower in _everyday(view.language) or any(
        word.lower in _list(f"commonest.{one}") for one in LANGUAGES
    )
    likely = given and word.lower in _both("often_given")
    if everyday and not likely and view.after(i) not in _words(view.language, "does"):
        return None
    if word.lower in _everyday(view.language) and not _spoken_to(view, i):
        return None
    if view.ends_before(i, "place_before"):
        return None
    return _span(view, i, i, False)


def _small(view: _Text, i: int) -> _Found | None:
    """A name in small letters: "ask kevin lalonde", "thanks mark"."""
    word = view.words[i]
    lower = word.lower
    if lower in view.known.names and not may_be_word(lower) and len(lower) > 2:
        last = i
        while view.joined(last) and last < i + 2 and _small_part(view, last + 1):
            last += 1
        return last, _span(view, i, last, True)
    if word.text[0].isupper() or not is_given(lower) or lower in _everyday(view.language):
        return None
    if _CONTRACTED.search(word.text) or view.place(i, i):
        return None
    plain = may_be_word(lower)
    following = i + 1 < len(view.words) and view.joined(i) and not view.words[i + 1].text[0].isupper()
    family = following and is_family(view.words[i + 1].lower) and not may_be_word(view.words[i + 1].lower)
    unknown = following and not plain and not may_be_word(view.words[i + 1].lower)
    if family or (unknown and len(lower) >= _SMALL_GIVEN):
        if _CONTRACTED.search(view.words[i + 1].text):
            return i, _span(view, i, i, not plain)
        return i + 1, _span(view, i, i + 1, not plain)
    if plain:
        return (i, _span(view, i, i, False)) if _spoken_to(view, i) and len(lower) > 2 and lower in _both("often_given") else None
    introduced = view.ends_before(i, "introduced")
    if len(lower) >= _SMALL_GIVEN or introduced:
        return i, _span(view, i, i, introduced)
    return None


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
