"""Steps that only take away: citations, pointers to figures, test statistics, openers.

What they remove carries no claim of its own; the verification that follows each step still
decides. Cues are data (``lexicon/rewrite.toml``).
"""

from __future__ import annotations

import re
from functools import cache

from corpus.document import Language
from pipelines.lexicon import pattern, table
from pipelines.rewrite.steps import Context

_NUMBERED = re.compile(r"\s?\[\s?\d[\d,;–\s-]*\]")
_BRACKETS = re.compile(r"\s?(?:\((?P<round>[^()]*)\)|\[(?P<square>[^\[\]]*)\])")
_YEAR = re.compile(r"\b(?:1[89]|20)\d{2}[a-z]?\b|\bin press\b|\bsous presse\b")
_SEVERAL_AUTHORS = re.compile(r"\bet (?:al|coll)\b|&|\band colleagues\b")
_CAPITALIZED = re.compile(r"[A-ZÀ-Ý][\w’'-]+")


def _is_citation(part: str, context: Context) -> bool:
    """Whether one part of a bracket is an author-year citation: "see Roy et al., 2019"."""
    if not _YEAR.search(part) or pattern("rewrite", context.language, "months").search(part):
        return False
    names = _CAPITALIZED.findall(part)
    if _SEVERAL_AUTHORS.search(part):
        return bool(names)
    return any(name.lower() in context.cited_names for name in names)


def drop_citation(text: str, context: Context) -> str:
    """Drop numbered and author-year citations: "[3, 5–7]", "(Roy et al., 2019; Lee, 2020)"."""
    text = _NUMBERED.sub("", text)

    def drop(match: re.Match[str]) -> str:
        parts = re.split(r";", match["round"] or match["square"] or "")
        if any(_is_citation(part, context) for part in parts) and all(
            _is_citation(part, context) or _YEAR.fullmatch(part.strip()) for part in parts
        ):
            return ""
        return match.group()

    return _BRACKETS.sub(drop, text)


@cache
def _pointer(language: Language) -> re.Pattern[str]:
    words = table("rewrite")[language]
    lead = "|".join(words["pointer_leads"])
    what = "|".join(words["pointers"])
    number = r"(?:S?\d+[A-Za-z]{0,3}(?:[–-][A-Za-z\d]+)?|[A-Z]\d*(?:[–-][A-Z])?|[IVX]+)"
    joined = r"(?:[,–-]| and | et | & |, )"
    tail = rf"(?:[\s\u00a0]?{number}(?:\s?{joined}\s?{number})*)?(?:[—–-]\s?(?:figure|source|video)[^;,)]*)?"
    side = r"(?:,? (?:left|right|top|bottom|upper|lower|middle|inset)(?: panels?)?)?"
    one = rf"(?:(?:{lead})\s)?(?:{what}){tail}{side}"
    return re.compile(rf"\s*{one}(?:\s?(?:[,;]|and|et|&)\s?{one})*\s*", re.IGNORECASE)


def drop_pointer(text: str, context: Context) -> str:
    """Drop pointers to figures, tables and appendices: "(Fig. 2A; see Table S1)"."""
    pointer = _pointer(context.language)

    def drop(match: re.Match[str]) -> str:
        inside = match["round"] or match["square"] or ""
        kept = [part for part in re.split(r"\s*;\s*", inside) if not pointer.fullmatch(part)]
        if len(kept) == len(re.split(r"\s*;\s*", inside)):
            return match.group()
        return f" ({'; '.join(kept)})" if kept else ""

    text = _BRACKETS.sub(drop, text)
    lead = "|".join(table("rewrite")[context.language]["pointer_leads"])
    return re.sub(rf"^(?:{lead}) {pointer.pattern},\s*", "", text, count=1, flags=re.IGNORECASE)


@cache
def _statistic(language: Language) -> re.Pattern[str]:
    names = "|".join(table("rewrite")[language]["statistics"])
    number = r"[-−–+]?\d*[.,]?\d+(?:\s?[×x]\s?10\^?[-−–]?\d+)?\s?%?"
    interval = rf"[(\[]?{number}\s?(?:to|à|and|et|[–,;-])\s?{number}[)\]]?"
    degrees = r"(?:\s?[(\[]\s?[\d.,\s]+[)\]]|_?\d+(?:,\s?\d+)?)?"
    value = rf"(?:{interval}|{number})"
    relation = r"\s?(?:[=<>≤≥:~≈]|of|was|,)?\s?"
    # "p < 0.001", "95% CI 0.71–0.89", "t(34) = 2.1", "OR = 0.7", a bare interval, "SD 3"
    return re.compile(
        rf"\s*(?:(?:mean|adjusted|all|both|each|two-sided|paired)\s)?"
        rf"(?:(?:{names}){degrees}(?:{relation}{value})?|{interval})\s*",
        re.IGNORECASE,
    )


def drop_statistic(text: str, context: Context) -> str:
    """Drop brackets that hold nothing but test statistics: "(OR 0.71; 95% CI 0.6–0.8; p < .01)"."""
    statistic = _statistic(context.language)
    names = re.compile(
        rf"(?<!\w)(?:{'|'.join(table('rewrite')[context.language]['statistics'])})(?!\w)",
        re.IGNORECASE,
    )

    def drop(match: re.Match[str]) -> str:
        inside = match["round"] or match["square"] or ""
        separator = r"\s*;\s*|,\s+(?=[^\d\s−-])|,\s+(?=\d+ ?%)"
        parts = [part for part in re.split(separator, inside) if part.strip()]
        all_statistics = parts and all(statistic.fullmatch(part) for part in parts)
        return "" if all_statistics and names.search(inside) else match.group()

    previous = ""
    while previous != text:  # brackets within brackets, the inner ones first
        previous, text = text, _BRACKETS.sub(drop, text)
    return text


def drop_opener(text: str, context: Context) -> str:
    """Drop an opener that only points back: "However, …", "De plus, …"."""
    opener = pattern("rewrite", context.language, "openers").match(text)
    if opener is None or not text[opener.end() :].startswith(", "):
        return text
    return text[opener.end() + 2 :]
