"""Steps that only take away: citations, pointers to figures, test statistics, openers, padding.

What they remove carries no claim of its own; the verification that follows each step still
decides. A bracket goes only where every part of it is known to be of the kind, and where the
sentence doesn't need it ("as shown in [4]" stays). Cues are data (``rewrite.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from corpus.document import Language
from corpus.text import CAPITALIZED, ET_AL, LETTERS, RAISED_CITATION, cue_pattern
from models.components.places import places
from models.components.quantities import typed
from pipelines.language.lexicon import entries, pattern
from pipelines.language.typography import cased
from pipelines.rewrite.steps import Context, capitalized

_ONE_NUMBERED = r"\[\s?[1-9]\d{0,2}(?:[\s,;–-]+[1-9]\d{0,2})*\s?\]"
#: "[3, 5–7]", and several in a row with what stands between them: "[39], [48]–[50]".
_NUMBERED = re.compile(rf"\s?{_ONE_NUMBERED}(?:[,;–-]?\s?{_ONE_NUMBERED})*")
_RAISED = re.compile(RAISED_CITATION)
#: Behind the full stop of a sentence that ends with a number: "by 2020.[1]".
_BEHIND_STOP = re.compile(rf"(?<=\d\.){_ONE_NUMBERED}$")
_INSIDE_ROUND = r"(?:[^()]|\([^()]*\))*"
_INSIDE_SQUARE = r"(?:[^\[\]]|\[[^\[\]]*\])*"
#: A bracket with at most one bracket inside it.
_BRACKETS = re.compile(rf"\s?(?:\((?P<round>{_INSIDE_ROUND})\)|\[(?P<square>{_INSIDE_SQUARE})\])")
_YEAR = re.compile(
    r"(?:(?:1[89]|20)\d{2}(?:[–-]\d{2,4})?[a-z]?(?:[,/]\s?[a-z]\b)*|"
    r"in press|sous presse|forthcoming)"
)
_SEVERAL_AUTHORS = rf"{ET_AL}|&|\band colleagues\b|\bet collègues\b"
#: What an author-year citation is made of, and nothing else: names, initials, years, pages.
_CITATION_WORDS = cue_pattern(
    [_YEAR.pattern, r"(?:[A-ZÀ-Ý]\.-?)+", r"[A-ZÀ-Ý][\w’'.-]*", r"et (?:al|coll)", "&",
     "and", "et", "colleagues", "collègues", "de", "da", "dos", "del", "der", "den", "di", "du",
     "la", "le", "van", "von", "ter", "el", r"pp?\. ?\d+(?:[–-]\d+)?"],
    flags=re.NOFLAG,
)  # fmt: skip


def _attached(text: str, start: int, end: int) -> bool:
    """Whether a bracket is part of a name or formula: "F[1,2]", "E(t)", "(E)-2-hexenal"."""
    before = re.search(r"[^\s(\[]*$", text[:start])
    word = before.group() if before and text[start : start + 1] in "([" else ""
    prose = re.fullmatch(r".*[^\W\d_]{3,}[\"'”’».,;:)]*", word)
    return bool((word and not prose) or re.match(r"[\w′-]", text[end : end + 1]))


def _needed(text: str, start: int, language: Language) -> bool:
    """Whether the words before a bracket lean on it ("such as [4]", "in (Roy, 2019)")."""
    before = text[:start].rstrip()
    return not before or bool(pattern("rewrite", language, "leaning").search(before))


def _needed_value(text: str, start: int, language: Language) -> bool:
    """The same of a bracket that holds statistics."""
    ends = pattern("rewrite", language, "ending").search(text[:start].rstrip())
    return not ends and _needed(text, start, language)


def _drop_brackets(
    brackets: re.Pattern[str],
    text: str,
    language: Language,
    keep: Callable[[re.Match[str]], str],
    needed: Callable[[str, int, Language], bool] = _needed,
    glued: Callable[[re.Match[str]], bool] = lambda match: False,
) -> str:
    """Each bracket becomes what ``keep`` makes of it; no change where the sentence needs one.

    One that is part of a word stays, but where it is only ``glued`` to it.
    """
    parts, position = [], 0
    for match in brackets.finditer(text):
        kept = keep(match)
        if kept == match.group():
            continue
        if _attached(text, match.start(), match.end()) and not glued(match):
            continue
        if needed(text, match.start(), language):
            return text
        apart = text[match.end() : match.end() + 1].isalnum() and not kept
        parts += [text[position : match.start()], " " if apart else kept]
        position = match.end()
    return "".join([*parts, text[position:]])


def _inside(match: re.Match[str]) -> str:
    return match["round"] or match["square"] or ""


def _is_citation(part: str, context: Context) -> bool:
    """Whether one part of a bracket is an author-year citation: "see Roy et al., 2019"."""
    part = pattern("rewrite", context.language, "citation_leads").sub("", part)
    if pattern("rewrite", context.language, "citing_bodies").fullmatch(part):
        return True
    if not _YEAR.search(part) or pattern("rewrite", context.language, "months").search(part):
        return False
    if _CITATION_WORDS.sub("", part).strip(" ,.:"):
        return False
    names = re.findall(CAPITALIZED, part)
    if not names or all(places(name, context.language) for name in names):
        return False
    alone = not context.cited_names and re.fullmatch(rf"{CAPITALIZED}, {_YEAR.pattern}", part)
    return bool(alone or re.search(_SEVERAL_AUTHORS, part)) or any(
        name.lower() in context.cited_names for name in names
    )


def drop_citation(text: str, context: Context) -> str:
    """Drop citations: "[3, 5–7]", "(Roy et al., 2019; Lee, 2020)", raised "rose.12,13"."""

    def keep(match: re.Match[str]) -> str:
        parts = [part.strip() for part in _inside(match).split(";")]
        cited = [_is_citation(part, context) for part in parts]
        years = [bool(_YEAR.fullmatch(part)) for part in parts]
        only = all(one or year for one, year in zip(cited, years, strict=True))
        return "" if any(cited) and only else match.group()

    spans = pattern("rewrite", context.language, "intervals").search(text) or _spread_named(text)
    if "[[" not in text and not spans:
        text = _drop_brackets(_NUMBERED, text, context.language, lambda match: "")
    text = _RAISED.sub("", _BEHIND_STOP.sub("", text))
    return _drop_brackets(_BRACKETS, text, context.language, keep)


@cache
def _pointer(language: Language) -> re.Pattern[str]:
    words = entries("rewrite", language)
    lead, what, alone = (
        "|".join(words[key]) for key in ("pointer_leads", "pointers", "whole_pointers")
    )
    digits = r"[Ss]?\d+[A-Za-z]{0,3}(?:[–-][A-Za-z\d]+)?"
    number = rf"(?:{digits}|(?:[A-Z]\d*(?:[–-][A-Z])?|[IVX]+)\b)"
    joined = r"(?:[,–-]| and | et | & | or | ou |, )"
    tail = (
        rf"(?:[\s\u00a0]{number}|{digits})(?:\s?{joined}\s?{number})*"
        r"(?:[—–:-]\s?(?i:fig|source|video|table)[^;,)]*)?"
    )
    side = r"(?:,? (?:left|right|top|bottom|upper|lower|middle|inset)(?: panels?)?)?"
    one = rf"(?i:(?:{lead})\s)?(?:(?i:{what}){tail}|(?i:{alone})(?:{tail})?){side}"
    return re.compile(rf"\s*{one}(?:\s?(?:[,;]|and|et|&)\s?{one})*\s*")


#: An address on the web, and nothing else.
_ADDRESS = re.compile(r"(?:available (?:online )?(?:at|from):? )?(?:https?://|www\.)\S+")


@cache
def _shown(language: Language) -> re.Pattern[str]:
    """What a bracket says of a figure, whole: "dotted curves peaking around 1 in Fig. 4A"."""
    leads = "|".join(entries("rewrite", language)["shown_in"])
    return re.compile(rf"(?i:\b(?:{leads})) {_pointer(language).pattern}$")


@cache
def _own_label(language: Language) -> re.Pattern[str]:
    """What a paper numbers for itself alone: "prediction 1", "Models 2 and 3", « hypothèse 1a »."""
    number = r" (?:\d+[a-z]?|[IVX]+\b)"
    joined = rf"(?:{number}(?:,? (?:and|et|&)|,|[–-]))*"
    return cue_pattern(entries("rewrite", language)["own_numbered"], "", rf"{joined}{number}")


@cache
def _elsewhere(language: Language) -> re.Pattern[str]:
    """A place of the paper by its name: "see Methods", "see the Discussion section for details"."""
    words = entries("rewrite", language)
    lead = rf"(?:{'|'.join(words['elsewhere_leads'])})\s"
    tail = rf"(?:\s?(?:{'|'.join(words['elsewhere_tails'])}))*"
    return cue_pattern(words["elsewhere"], lead, tail)


def _points(part: str, text: str, language: Language) -> bool:
    """Whether a part of a bracket only points to another place of the paper, or of its plan."""
    short = pattern("rewrite", language, "own_short").fullmatch(part)
    if short and pattern("rewrite", language, "supposed").search(text):
        return True
    if _pointer(language).fullmatch(part) or _ADDRESS.fullmatch(part):
        return True
    if _shown(language).search(part):
        return True
    if "," in part:
        return all(_points(one.strip(), text, language) for one in part.split(","))
    return any(kind.fullmatch(part) for kind in (_own_label(language), _elsewhere(language)))


def drop_pointer(text: str, context: Context) -> str:
    """Drop pointers to figures, sections and the paper's own labels: "(Fig. 2A; see Methods)"."""
    pointer = _pointer(context.language)

    def keep(match: re.Match[str]) -> str:
        parts = [part.strip() for part in _inside(match).split(";")]
        kept = [part for part in parts if not _points(part, text, context.language)]
        if len(kept) == len(parts):
            return match.group()
        return f" ({'; '.join(kept)})" if kept else ""

    text = _drop_brackets(_BRACKETS, text, context.language, keep)
    lead = "|".join(entries("rewrite", context.language)["pointer_leads"])
    return re.sub(rf"^(?i:{lead}) {pointer.pattern},\s*", "", text)


#: Digits with decimals, a raised point among their marks (0·29).
_DECIMAL = r"\d+(?:[.,·]\d+)?"
_SIGNED = rf"[−–-]?{_DECIMAL}"
#: How far values spread around a mean: "51.0 ± 10.6 years"; the mean says enough.
_SPREAD = re.compile(rf"(?<=\d)\s?±\s?{_DECIMAL}(?P<letter>(?=[^\W\d_]))?")
#: "aged 44.9 ± 15.2 years": of people the number left is told as what it is on average.
_AGED = re.compile(rf"(?P<aged>{_DECIMAL}\s?±\s?{_DECIMAL}[\s\u00a0](?:years|ans))(?!\w)")
#: A bracket that holds nothing but a spread.
_SPREAD_ALONE = re.compile(rf"\s?\(±\s?(?:SDs?|SEMs?|ET|{_DECIMAL})\)")
#: A share's count, "58.0% of men (n=1449/2500)", and any count: "former smokers (n = 346)".
_COUNT = re.compile(r"n\s?=\s?(?P<count>\d[\d, \u00a0]*)(?:\s?/\s?(?P<of>\d[\d, \u00a0]*))?")
#: What ties several statistics of one bracket to what stands before: "(r = 0.4 and 0.5, …)".
_RESPECTIVELY = re.compile(r",?\s*(?:respectively|respectivement)\b")
#: A confidence interval, and what is told as a ratio.
_BOUNDS = re.compile(
    rf"\b(?:CI|IC)\b\D{{0,12}}?(?P<low>{_SIGNED})\s?(?:to|à|[–,;-])\s?(?P<high>{_SIGNED})"
)
_RATIO = re.compile(r"\b(?:[aA]?OR|RR|I?RR|[aA]?HR|SMR|ratios?|rapports?|odds|risk|hazard)\b")
#: From here on chance is a likely explanation, and a reader must know (Fisher's convention).
_BY_CHANCE = 0.05
#: The short form that a statistic is given where it first stands: "odds ratio [OR]".
_DEFINED = re.compile(
    r"\s*\[(?:(?:9\d ?% ?)?[A-Z]{2,3}s?|\d+(?:[.,]\d+)?\s?[–-]\s?\d+(?:[.,]\d+)?)\]"
)
#: A test's value under a symbol of its own: "zNBR = −3.11".
_SYMBOL = re.compile(r"(?<!\w)(?:[zt][A-Z]{0,4}|[ZFQUWr]|χ2|χ²)\s?=\s?[−–-]?\d+(?:[.,]\d+)?")
#: A bracket that gives a range or an interval its name, and one beside it without: "45 [IQR 39,51]
#: and 40 [32,46]".
_SPREAD_NAMED = re.compile(r"^(?:IQR|EIQ|range|étendue|95 ?% (?:CI|IC)|IC à 95 ?%)\b")
_TWO_ENDS = re.compile(rf"(?P<low>{_DECIMAL})\s?[,;–-]\s?(?P<high>{_DECIMAL})")
_P_VALUE = re.compile(r"[pP]\s?[=<>≤≥]\s?\d*[.,·]?\d+")


def _spread_named(text: str) -> bool:
    """Whether a bracket of a text is called a range or an interval."""
    return any(_SPREAD_NAMED.search(_inside(match)) for match in _BRACKETS.finditer(text))


def _around(match: re.Match[str], text: str) -> bool:
    """Whether a square bracket holds two ends between which the number right before it lies."""
    ends = _TWO_ENDS.fullmatch(_SPREAD_NAMED.sub("", match["square"] or "").lstrip(" :="))
    before = re.search(rf"({_DECIMAL})$", text[: match.start()].rstrip())
    if ends is None or before is None:
        return False
    return _number(ends["low"]) <= _number(before[1]) <= _number(ends["high"])


def _statistic(part: str, language: Language) -> str:
    """The statistic that a part of a bracket holds with nothing beside it; empty where it doesn't.

    "p < 0.001 for both", "95% CI 0.71–0.89", "t(34) = 2.1", "paired t-test": its symbol, or "test".
    """
    part = _DEFINED.sub("", part)
    label, _, value = part.rpartition(": ")
    if label and not re.search(r"[;()=<>]", label) and _P_VALUE.fullmatch(value):
        return "p"  # "group 1 vs group 2: p = 0.03"
    part = _SYMBOL.sub("p = 0.01", part)
    rest, symbol = part, ""
    for item in reversed(typed(part, language)):
        if item.kind != "STATISTIC":
            return ""
        rest, symbol = rest[: item.start] + rest[item.end :], item.unit
    if symbol:
        rest = re.sub(rf"(?:,|\band\b|\bet\b)\s*{_SIGNED}", "", rest)
    tests = pattern("rewrite", language, "verdicts")
    rest, named = tests.subn("", pattern("rewrite", language, "statistic_beside").sub("", rest))
    if LETTERS.search(rest) or re.search(r"\d", rest):
        return ""
    return symbol or ("test" if named else "")


#: An estimate and the bounds around it, which nothing names: "(1.8 points, 0.9 to 2.7)".
_BOUNDED = re.compile(
    rf"(?P<of>{_SIGNED})"
    r"(?P<unit>(?: ?%| (?:percentage )?points?| points? de pourcentage| times| fois)?)"
    rf"[,;] (?P<low>{_SIGNED}) ?%?(?: to | à |[–-])(?P<high>{_SIGNED}) ?%?$"
)


def _without_bounds(inside: str) -> str:
    """What a bracket holds, without the bounds of its one estimate."""
    bounded = _BOUNDED.fullmatch(inside)
    if not bounded:
        return inside
    of, low, high = (_number(bounded[one]) for one in ("of", "low", "high"))
    return f"{bounded['of']}{bounded['unit']}" if low < of < high else inside


def _by_chance(part: str, text: str, language: Language) -> bool:
    """Whether a part of a bracket says of what the sentence tells that it may have been chance.

    A p of 0.05 or more; an interval of a difference with nothing, of a ratio with 1, inside.
    """
    if pattern("rewrite", language, "by_chance").search(text):
        return False
    if value := re.fullmatch(r"[pP]\s?[=>≥]\s?(\d*[.,·]?\d+)", part):
        return _number(value[1]) >= _BY_CHANCE
    if not (bounds := _BOUNDS.search(part)):
        return False
    nothing = 1.0 if _RATIO.search(f"{text} {part}") else 0.0
    return _number(bounds["low"]) < nothing < _number(bounds["high"])


def _number(written: str) -> float:
    return float(re.sub("[,·]", ".", re.sub("[−–]", "-", written)))


def _without_spread(text: str, language: Language) -> str:
    """A text without the spreads of what it calls a mean, compares, or gives as somebody's age."""
    text = _SPREAD_ALONE.sub("", text)
    if not pattern("rewrite", language, "means").search(text):
        average = entries("rewrite", language)["on_average"]
        return _AGED.sub(lambda match: f"{_SPREAD.sub('', match['aged'])} {average}", text)
    return _SPREAD.sub(lambda match: "" if match["letter"] is None else " ", text)


#: What parts the statistics of a bracket; no comma inside a number.
_PARTS = re.compile(r"(\s*;\s*|,\s*(?=[^\d\s−-])|,\s*(?=\d+ ?%))")


def drop_statistic(text: str, context: Context) -> str:
    """Drop test statistics in brackets: "(OR 0.71; 95% CI 0.6–0.8; p < .01)", and the brackets.

    What stands among them stays: "(n = 25)", "(4% or 7%; p = 0.02)" but for its p; and a p that
    says that it may have been chance, unless the sentence says so, too. Of what it calls a mean the
    spread goes.
    """
    text = _without_spread(text, context.language)

    def kept_of(inside: str) -> str:
        parts = _PARTS.split(inside)
        if any(_by_chance(part, text, context.language) for part in parts[::2]):
            return inside
        kept = ""
        for before, part in zip(["", *parts[1::2]], parts[::2], strict=True):
            if _statistic(part, context.language) in ("", "n"):
                kept += (kept and before) + part
        return kept

    spread = _spread_named(text)

    def keep(match: re.Match[str]) -> str:
        inside = _without_bounds(_inside(match))
        if spread and _around(match, text):
            return ""
        untied = _RESPECTIVELY.sub("", inside)
        kept = kept_of(inside) if untied == inside or kept_of(untied) else ""
        kept = _counted(kept, text[: match.start()], context.language)
        marks = match.group().strip()
        rest = f" {marks[0]}{kept}{marks[-1]}" if kept else ""
        return match.group() if kept == _inside(match) else rest

    def glued(match: re.Match[str]) -> bool:
        return bool(_P_VALUE.search(_inside(match))) and not keep(match)

    return _drop_brackets(_BRACKETS, text, context.language, keep, _needed_value, glued)


def _counted(kept: str, before: str, language: Language) -> str:
    """What a bracket still holds, a count as a bare number; none of a share told beside it."""
    count = _COUNT.fullmatch(kept)
    if count is None:
        return kept
    if count["of"]:
        return "" if "%" in before[-_NEAR:] else kept
    last = before.split()[-1:]
    people = pattern("scope", language, "population")
    return count["count"].strip() if last and people.fullmatch(last[0]) else kept


#: So near before its bracket stands the share that a count is of, in characters.
_NEAR = 25

#: A first clause up to "also", which only joins it to a sentence before.
_ALSO = re.compile(r"^(?P<before>[^,;:()]{2,80}?) (?:also|également) (?=[^\W\d_])")


def drop_opener(text: str, context: Context) -> str:
    """Drop what only points back: "However, …", "De plus, …", "also", "another limitation"."""
    also = _ALSO.match(text)
    if also and not pattern("rewrite", context.language, "before_also").search(also["before"]):
        text = f"{also['before']} {text[also.end() :]}"
    text = pattern("rewrite", context.language, "counted").sub(
        lambda match: _first_of_its_kind(match.group(), text[match.end() :], context.language), text
    )
    return _without_opener(text, context)


def _first_of_its_kind(counted: str, after: str, language: Language) -> str:
    """ "Another" before "limitation" as "a": the page doesn't tell the one before."""
    article = "une" if language == "fr" else "an" if after.lstrip()[:1] in tuple("aeio") else "a"
    return cased(article, counted)


def _without_opener(text: str, context: Context) -> str:
    openers = pattern("rewrite", context.language, "openers")
    if bare := pattern("rewrite", context.language, "bare_openers").match(text):
        return text[bare.end() :].lstrip()
    opener = openers.match(text)
    if opener is None or not text[opener.end() :].startswith(", "):
        return text
    rest = text[opener.end() + 2 :]
    ordinals = pattern("rewrite", context.language, "ordinals")
    listed = ordinals.fullmatch(opener.group()) and ordinals.match(rest)
    # "However, pH fell": no capital can open what is left.
    return text if listed or capitalized(rest)[:1].islower() else rest


def drop_padding(text: str, context: Context) -> str:
    """Drop words that only announce or fill: "It should be noted that", "in this study,"."""
    return pattern("rewrite", context.language, "padding").sub("", text)
