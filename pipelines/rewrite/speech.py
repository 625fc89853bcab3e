"""Steps for what people said: fillers, openers and words said twice are left out.

Cues are data: the talk itself in ``points.toml`` (table ``talk``), what the steps must
spare in ``rewrite.toml``.
"""

from __future__ import annotations

import re
from functools import cache

from corpus.document import Language
from corpus.text import LETTERS
from models.parsing import parse, pipeline
from pipelines.language.lexicon import entries, pattern, table
from pipelines.rewrite.halves import whole
from pipelines.rewrite.steps import Context, capitalized

#: Shorter words hold a sentence together, in letters.
_WORD = 3
#: Where a sentence of several ends.
_ENDED = re.compile(r"[.?!]\s+")
#: Fewer words are no sentence that could stand alone.
_A_SENTENCE = 4
_TWICE = re.compile(
    rf"(?<![\w’'-])({LETTERS.pattern}(?:[’']{LETTERS.pattern})?(?: {LETTERS.pattern})?)"
    r"(?:,|…|\.\.\.| ?[—–-])? \1(?![\w’'-])",
    re.IGNORECASE,
)


def drop_filler(text: str, context: Context) -> str:
    """Drop "um", "uh", "euh", and "you know" where commas set it apart."""
    words = entries("points", context.language)["talk"]
    fillers, phrases = "|".join(words["fillers"]), "|".join(words["filler_phrases"])

    def between_commas(match: re.Match[str]) -> str:
        after = text[match.end() :].lstrip()
        comma = "" if _runs_on(match["before"], after, context.language) else ","
        return match["before"] + comma

    def drop(match: re.Match[str]) -> str:
        return match.group() if match["filler"].isupper() else " "  # "the ER" is a place

    text = re.sub(
        rf"(?i)(?P<before>\S+),\s(?:{fillers}|{phrases}),(?=\s)", between_commas, text.strip()
    )
    # After a figure, "mm" is a unit.
    text = re.sub(
        rf"(?i),?\s*(?<!\w)(?<!\d )(?<!\d\u00a0)(?P<filler>{fillers})(?!\w)[,…]?", drop, text
    )
    return re.sub(rf"(?i)^(?:{phrases}),\s", "", text.strip())


def _runs_on(before: str, after: str, language: Language) -> bool:
    """Whether no comma belongs between two words: "on, like, routes" but not "sets, um, it's"."""
    if pattern("rewrite", language, "joining").fullmatch(before):
        return True
    if pattern("rewrite", language, "new_clause").match(after):
        return False
    small = before.lower() in pipeline(language).Defaults.stop_words
    return small or bool(re.search(r"[’'](?:s|re|m|ve|ll|d|t)$|(?:ed|ing)$", before))


def drop_repetition(text: str, context: Context) -> str:
    """Say once what was said twice in a row: "the the", "we, we"."""
    rightly = pattern("rewrite", context.language, "rightly_twice")

    def once(match: re.Match[str]) -> str:
        said = match.group(1)
        if pipeline(context.language).vocab[said.lower()].like_num:
            return match.group()  # « cinq cinq » is 5.5
        named = match.group()[-len(said)].isupper() and said[0].islower()  # "systems, Systems Unit"
        goes_on = "," in match.group() and not _is_small(said, context.language)
        return match.group() if named or goes_on or rightly.fullmatch(said) else said

    return _TWICE.sub(once, text)


def _is_small(said: str, language: Language) -> bool:
    """Whether what was said twice names nothing: "we, we"; not « à l’agence, l’agence publie »."""
    words = re.split(r"[\s’']+", said.lower())
    return all(
        word in pipeline(language).Defaults.stop_words or len(word) < _WORD for word in words
    )


def drop_announcement(text: str, context: Context) -> str:
    """Drop what only announces the rest: "The last thing from me: …", « Deuxième point : … ».

    The rest asks something, or is a whole sentence when it is read alone.
    """
    announcements = pattern("points", context.language, "talk", "announcements")
    for begins in (0, *(mark.end() for mark in _ENDED.finditer(text))):
        if found := announcements.match(text, begins):
            rest = text[found.end() :].lstrip(" ,’'\u00a0")
            if _stands(rest, context.language):
                return f"{text[:begins]}{capitalized(rest)}"
    return text


def _stands(rest: str, language: Language) -> bool:
    """Whether words ask something, or begin with a sentence that is whole."""
    if len(rest.split()) < _A_SENTENCE or rest.rstrip().endswith("?"):
        return len(rest.split()) >= _A_SENTENCE
    first = next(iter(parse(rest, language).sents)).text
    return whole(first.rstrip(" ."), language) is not None


def drop_said_by(text: str, context: Context) -> str:
    """Drop that somebody said so, too, who isn't named: "and, as [name left out] said,".

    Only where it opens a sentence or a clause: in a list, or behind what is denied, its commas hold
    more than it.
    """
    said = text
    for aside in _said_by(context.language):
        said = aside.sub(lambda found: f"{found['joint']} " if found["joint"] else "", said)
    return text if said == text else capitalized(said.strip())


@cache
def _said_by(language: Language) -> list[re.Pattern[str]]:
    name = re.escape(table("templates")["hidden_name"]["person"][language])
    said = "|".join(entries("points", language)["talk"]["said_by"]).replace("<name>", name)
    joint = "|".join(entries("points", language)["talk"]["joints"])
    return [re.compile(rf"(?i)(?:(?P<joint>(?<!\w)(?:{joint})), |^)(?:{said}),\s")]


def drop_speech_opener(text: str, context: Context) -> str:
    """Drop what only takes the floor: "Yeah, so, …", "Ben, écoutez, …"."""
    opener = pattern("points", context.language, "talk", "openers")
    opens = pattern("rewrite", context.language, "after_bare_opener")
    while match := opener.match(text):
        rest = text[match.end() :]
        bare = rest[:1] == " " and " " not in match.group() and opens.match(rest.lstrip())
        if not bare and not rest.startswith((",", "…", ".")):
            break
        if not (kept := rest.lstrip(" ,….")):
            break
        text = kept
    return text
