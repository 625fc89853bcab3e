"""``declared``: what a paper declares of its funders and interests, told in fixed form.

Such sentences are nearly the same in every paper, so that they can be told in both languages, in
fewer words, from parts that were found in them one by one. In: sentences and their language. Out:
the same in English and in French, or None where a part of one isn't known: then its own words
stay, and the other language is a translator's. Forms are data (``declarations.toml``). Drafting
tells them so, and verification makes them anew to see that what is told is no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from corpus.document import LANGUAGES, Language
from pipelines.language.lexicon import table
from pipelines.language.typography import COLON, typeset

Both = Mapping[Language, str]

#: A heading before a sentence, as in "Competing interests: None declared."
_LABELLED = re.compile(
    r"^(?:[A-ZÀ-Ý][\w’' -]{2,40}\s?:\s+"
    r"|I have read the journal[’']s policy and [\w ]{2,40} have the following "
    r"(?:competing interests|conflicts(?: of interest)?):\s+)"
)

#: A design, data and a decision: who had no role in these had none in the study.
_WHOLE = ("study design", "data collection", "the decision to publish")


def unlabelled(sentence: str) -> str:
    """A sentence without the heading that stands before it in its own line."""
    text = _LABELLED.sub("", sentence, count=1)
    return sentence if text == sentence else text[:1].upper() + text[1:]


def declared(sentences: Sequence[str], key: str, language: Language) -> Both | None:
    """All that sentences declare, under its label in both languages; None where one has no form.

    ``key`` is the label's: ``funding`` or ``interests``.
    """
    told = [declaration(unlabelled(one), language) for one in sentences]
    if None in told or not told:
        return None
    return {code: labelled(key, [one[code] for one in told if one], code) for code in LANGUAGES}


def in_kinds(sentences: Sequence[str], language: Language) -> Both | None:
    """The kinds of interest that a long statement names, in both languages; None without any."""
    known = table("declarations")["interest"]
    denies = _compiled(known["denies"][language])
    said = [text for text in map(unlabelled, sentences) if not denies.search(text)]
    kinds = [
        kind["say"]
        for kind in known["kind"]
        if any(_compiled(rf"(?<![\w-])(?:{kind[language]})(?!\w)").search(text) for text in said)
    ]
    if not kinds:
        return None
    told = {code: known["between"][code].join(say[code] for say in kinds) for code in LANGUAGES}
    return {
        code: labelled("interests", [known["say"][code].format(kinds=told[code])], code)
        for code in LANGUAGES
    }


def composed(quotes: Sequence[str], language: Language) -> Iterator[Both]:
    """What can be told of what quotes declare, in both languages."""
    forms = [declared(quotes, key, language) for key in table("templates")["declared"]]
    yield from (form for form in (*forms, in_kinds(quotes, language)) if form)


def labelled(key: str, sentences: Sequence[str], language: Language) -> str:
    """Sentences behind the label of what they declare."""
    label = table("templates")["declared"][key][language]
    return typeset(f"{label}{COLON[language]}{' '.join(sentences)}", language)


def declaration(sentence: str, language: Language) -> Both | None:
    """A sentence that declares something, in both languages; None where it has no fixed form."""
    text = " ".join(sentence.split()).rstrip(" .")
    if told := _role(text, language):
        return told
    for form in table("declarations")["form"]:
        for wording in form[language]:
            match = _compiled(wording).fullmatch(text)
            if match and (told := _filled(form["say"], match, language)):
                return told
    return None


@cache
def _compiled(wording: str) -> re.Pattern[str]:
    return re.compile(wording, re.IGNORECASE)


def _filled(say: Both, match: re.Match[str], language: Language) -> Both | None:
    """A form with its lists in each language; None where one of them tells more than it may."""
    lists: dict[str, Both] = {}
    for group, text in match.groupdict().items():
        told = _LISTS[group](text, language) if text and f"{{{group}}}" in say[language] else None
        if told is None:
            return None
        lists[group] = told
    return {
        code: say[code].format(**{group: told[code] for group, told in lists.items()})
        for code in LANGUAGES
    }


def _role(text: str, language: Language) -> Both | None:
    """That the funders had no role, in all that is named or, where that is all, in the study.

    In French the sentence stays as it is: who had none, and « ni » or « ou », are its own.
    """
    role = table("declarations")["role"]
    match = _compiled(role[language]).fullmatch(text)
    if match is None:
        return None
    found: list[Both] = []
    for part in re.split(role["between"][language], match["parts"]):
        known = [p["say"] for p in role["part"] if _compiled(p[language]).fullmatch(part.strip())]
        if not known:
            return None
        found += [say for say in known if say not in found]
    english = [say["en"] for say in found]
    if set(_WHOLE) <= set(english):
        parts = role["whole"]
    else:
        parts = {code: role["joined"][code].join(say[code] for say in found) for code in LANGUAGES}
    told = {code: role["say"][code].format(parts=parts[code]) for code in LANGUAGES}
    return told if language == "en" else {**told, "fr": f"{text}."}


def _names(text: str, language: Language) -> Both | None:
    """A list of names as each language writes it; None where it tells more than names."""
    lists = table("declarations")["names"]
    bare = re.sub(lists["web"], "", text).rstrip(" .")
    items = [item.strip(" ,") for item in re.split(lists["between"][language], bare)]
    if not all(item and _is_name(item, language) for item in items):
        return None
    return {code: "; ".join(_worded(item, language, code) for item in items) for code in LANGUAGES}


#: A person as papers have them: initials alone, or names that no article opens.
_PERSON = re.compile(
    r"(?:[A-ZÀ-Ý]\.?-?){2,5}|"
    r"(?!(?:The|This|These|Our|An?|Le|La|Les|Cette?|Ces|Un|Une)\b)"
    r"[A-ZÀ-Ý][\w.’'-]*(?: [A-ZÀ-Ý][\w.’'-]*){1,3}"
)


def _items(text: str) -> list[str]:
    return [item.strip() for item in re.split(r"\s*(?:,? and |,? et |,|&)\s*", text)]


def _people(text: str, language: Language) -> Both | None:
    """A list of persons; None where it holds anything else, as "the authors"."""
    items = _items(text)
    if not all(_PERSON.fullmatch(item) for item in items):
        return None
    return dict.fromkeys(LANGUAGES, ", ".join(items))


def _codes(text: str, language: Language) -> Both | None:
    """A list of the numbers of grants."""
    items = _items(text)
    known = all(re.search(r"\d", item) for item in items)
    return dict.fromkeys(LANGUAGES, ", ".join(items)) if known else None


_LISTS = {"names": _names, "people": _people, "codes": _codes}


def _is_name(item: str, language: Language) -> bool:
    """Whether a text is a name: capitals, numbers, and the small words that stand in names.

    French bodies have one capital, at their front; only what tells of a clause is none of theirs.
    """
    lists = table("declarations")["names"]
    nouns = {word for noun in lists["noun"] for word in noun[language].split()}
    outside = re.sub(r"\([^()]*\)", "", item) if language == "fr" else ""
    if language == "fr" and not _compiled(lists["clause"]).search(outside):
        item = item[:1] + " ".join(re.findall(r"\([^()]*\)", item))
    words = re.findall(r"[^\W\d_][\w’'-]*\.?", item)
    return (
        bool(re.match(r"[^\W\d_]|\d", item))
        and any(letter.isupper() for letter in item.split()[0])
        and all(
            not word.islower() or word.rstrip(".") in lists["small"] or word in nouns
            for word in words
        )
    )


def _worded(item: str, language: Language, code: Language) -> str:
    """A name as another language writes it: its common nouns alone are translated."""
    if code != language:
        for noun in table("declarations")["names"]["noun"]:
            item = re.sub(rf"(?<!\w){re.escape(noun[language])}(?!\w)", noun[code], item)
    return item
