"""Learn the lemmas of both languages: ``python -m models.training.fit_lemmas DATA``.

Writes ``models/weights/lemmas`` and seals it. Learned from: the forms of the treebanks, with the
lemma that each has most often; the lists of irregular words that lie beside the artefact
(``own.en.txt``, ``own.fr.txt``), which go first; the conjugations of the French verbs that the
treebanks have or ``verbs.fr.txt`` lists. The same data give the same bytes.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path

from corpus.document import LANGUAGES, Language
from models.artefacts import WEIGHTS
from models.lemmas import Change, Lemmas, endings, written
from models.training.seal import seal
from models.training.treebank import TreebankSentence, TreebankWord, read_conllu

FOLDER = WEIGHTS / "lemmas"
TREEBANKS: dict[Language, tuple[str, ...]] = {
    "en": ("ud_english_ewt/train.conllu.xz", "ud_english_ewt/dev.conllu.xz"),
    "fr": (
        "ud_french_sequoia/train.conllu.xz",
        "ud_french_sequoia/dev.conllu.xz",
        "ud_french_gsd/dev.conllu.xz",
    ),
}
#: How many forms undergo a change that is a rule; a rarer one is that of one word, and of those
#: that end like the whole of it ("went", "underwent").
REGULAR = 8
#: How much a form counts that was made by rule, beside one that was met.
MADE = 0.1
#: Parts of speech without forms of their own.
_APART = frozenset(("PUNCT", "SYM", "X"))
#: Halves of English contractions: "ca" of "can't".
_HALVES = frozenset(("ca", "wo", "sha", "ai", "gon", "wan", "na", "ta", "nt", "s", "m", "d", "ve"))

Counts = dict[str, Counter[str]]
"""For each form in lower case how often it has which lemma."""


def counted(sentences: Iterable[TreebankSentence], language: Language) -> Counts:
    """The forms of a treebank; its slips and abbreviations are passed over."""
    words = [
        word
        for sentence in sentences
        for word in sentence.words
        if word.pos not in _APART and word.form.isalpha() and word.lemma.isalpha()
        if "Typo=Yes" not in word.morph and "Abbr=Yes" not in word.morph
        if language == "fr" or word.form.lower() not in _HALVES
    ]
    verbs = {word.lemma.lower() for word in words if word.pos == "VERB"}
    counts: Counts = defaultdict(Counter)
    names: Counter[str] = Counter()
    for word in words:
        form, lemma = word.form.lower(), word.lemma.lower()
        if word.pos == "PROPN":
            names[form] += form == lemma and form.endswith(("s", "x"))
        elif word.pos != "ADJ" or language == "fr" or not _of_a_verb(form, verbs):
            counts[form][form if _stays(word, language) else lemma] += 1
    if language == "en":
        counts = {form: seen for form, seen in counts.items() if not _loose(form, seen)}
    lemmas = {lemma for seen in counts.values() for lemma in seen}
    for name, times in names.items():
        if times > 1 and name not in counts and name[:-1] not in lemmas:
            counts[name] = Counter({name: times})
    return counts


def _of_a_verb(form: str, verbs: set[str]) -> bool:
    """Whether an English form is a participle: "limited", "interesting" are not words apart."""
    stem = re.sub(r"(?:ed|ing)$", "", form)
    made = {stem, f"{stem}e", stem[:-1], re.sub("i$", "y", stem)}
    return stem != form and len(stem) > 2 and bool(made & verbs)


def _loose(form: str, seen: Counter[str]) -> bool:
    """Whether an English noun or adjective in -ing or -ed is too rare to be a word apart."""
    return re.search("^(?!un).{4,}(?:ing|ed)$", form) is not None and seen[form] in (1, 2)


def _stays(word: TreebankWord, language: Language) -> bool:
    """Whether a form is no inflected form to us: it compares, it is a number or a person."""
    if word.pos == "NUM":
        return True
    if language == "en":
        return bool(re.search("Degree=(?:Cmp|Sup)|Poss=Yes", word.morph))
    return word.pos == "PRON" and "PronType=Prs" in word.morph


def settled(counts: Counts) -> dict[str, str]:
    """Each form with the lemma that it has most often.

    A form is a lemma itself where it is that, in any of its own forms, at least as often.
    """
    as_lemma: Counter[str] = Counter()
    for seen in counts.values():
        as_lemma.update(seen)
    most = {}
    for form, seen in counts.items():
        weighed = {**seen, form: as_lemma[form]}
        most[form] = min(weighed, key=lambda one: (-weighed[one], one != form, one))
    return most


def stable(lemmas: Mapping[str, str]) -> dict[str, str]:
    """The same, each lemma its own: "findings" with "find" where "finding" is a form of that."""
    found = {form: lemmas.get(lemma, lemma) for form, lemma in lemmas.items()}
    found = {form: own if found.get(own, own) == own else form for form, own in found.items()}
    return found | {own: own for own in sorted(set(found.values()))}


def listed(name: str) -> Iterator[list[str]]:
    """The lines of a list that lies beside the artefact, each in its parts; # begins a note."""
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split(" ")


# -- French verbs --------------------------------------------------------------------------------

_IMPERFECT = ("ais", "ait", "ions", "iez", "aient")
_FUTURE = ("ai", "as", "a", "ons", "ez", "ont", *_IMPERFECT)


def conjugated(row: list[str]) -> set[str]:
    """The forms of a verb of ``verbs.fr.txt``."""
    infinitive, first, third, weak, strong, subjunctive, future, past, participle = row
    long = re.sub("[iu](?=n?$)", lambda vowel: {"i": "î", "u": "û"}[vowel[0]], past)
    made = {infinitive, first, third, f"{strong}ent"}
    made |= {weak + end for end in ("ons", "ez", "ant", *_IMPERFECT)}
    made |= {subjunctive + end for end in ("e", "es", "ent")}
    made |= {future + end for end in _FUTURE}
    made |= {past + end for end in ("s", "t", "rent")} | {long + end for end in ("mes", "t")}
    feminine = participle.replace("û", "u") + "e"
    return made | {participle, participle.removesuffix("s") + "s", feminine, f"{feminine}s"}


#: Stems in -el and -et that double before a mute e (« appelle »); all others take è (« achète »).
_DOUBLED = re.compile("(?:ap+el|jet|nouvel|épel|amoncel|ancel|ficel|morcel|étincel|ruissel)$")


def mute(stem: str) -> str:
    """The stem of a verb in -er before a mute e."""
    if _DOUBLED.search(stem):
        return stem + stem[-1]
    return re.sub(
        "[eé](?=(?:[^aeiouéèxy]|[gq]u|ch|gn|[bcdfgptv][lr])$)", "è", re.sub("y$", "i", stem)
    )


def first_group(infinitive: str) -> set[str]:
    """The forms of a verb in -er that are no others': « portaient », and not « porte »."""
    stem = infinitive.removesuffix("er")
    soft = stem + "e" if stem.endswith("g") else re.sub("c$", "ç", stem)
    future = stem if re.search("é[^aeiouy]+u?$", stem) else mute(stem)
    made = {infinitive, f"{mute(stem)}ent"}
    made |= {stem + end for end in ("ez", "ions", "iez", "èrent", "é", "ée", "és", "ées")}
    made |= {soft + end for end in ("ons", "ant", "ais", "ait", "aient", "a")}
    if mute(stem) != stem:
        made |= {mute(stem) + end for end in ("e", "es")}
    return made | {f"{future}er{end}" for end in _FUTURE}


# -- English verbs -------------------------------------------------------------------------------


def regular(verb: str) -> set[str]:
    """The regular forms of an English verb."""
    stem = verb.removesuffix("e") if re.search("[^eoy]e$", verb) else verb
    if re.fullmatch("[^aeiou]*(?:qu)?[aeiou][^aeiouwxy]", verb):
        stem += verb[-1]
    past = f"{stem}d" if stem.endswith("e") else re.sub("(?<=[^aeiou])y$", "i", stem) + "ed"
    return {past, f"{stem}ing"}


# -- learning ------------------------------------------------------------------------------------


def change(form: str, lemma: str) -> Change:
    """What is taken off the end of a form and put there to make its lemma."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(form, lemma, strict=False))
    shared = sum(1 for _ in same)
    return form[shared:], lemma[shared:]


def learned(
    lemmas: Mapping[str, str], made: Iterable[tuple[str, str]]
) -> dict[str, dict[Change, float]]:
    """For each ending how many forms underwent which change."""
    pairs = [(form, change(form, own), 1.0) for form, own in lemmas.items()]
    pairs += [(form, change(form, own), MADE) for form, own in made if form not in lemmas]
    common = Counter(done for _, done, _ in pairs)
    counts: dict[str, dict[Change, float]] = defaultdict(lambda: defaultdict(float))
    for form, done, weight in pairs:
        for ending in endings(form):
            if (common[done] >= REGULAR and len(ending) > len(done[0])) or ending == form:
                counts[ending][done] += weight
    kept = {
        ending: {done: round(count, 1) for done, count in seen.items()}
        for ending, seen in counts.items()
        if sum(seen.values()) > 1 or (ending in lemmas and change(ending, lemmas[ending])[0])
    }
    return {ending: seen for ending, seen in kept.items() if not _told(ending, kept)}


def _told(ending: str, kept: Mapping[str, Mapping[Change, float]]) -> bool:
    """Whether the next shorter ending knows the same one change and no other."""
    shorter = kept.get(ending[1:], {})
    return len(shorter) == 1 and kept[ending].keys() == shorter.keys()


def _own(form: str) -> bool:
    """Whether a form can be no other word's: a noun ends like « mentions » and « marchés »."""
    return re.search("(?:ions|ant|a|é|ée|és|ées|ing|ed)$", form) is None


def fit(language: Language, data: Path) -> Lemmas:
    """What the treebanks and the lists of a language teach."""
    sentences = [s for name in TREEBANKS[language] for s in read_conllu(data / name)]
    lemmas = settled(counted(sentences, language))
    verbs = {w.lemma.lower() for s in sentences for w in s.words if w.pos == "VERB"}
    own = [line for line in listed(f"own.{language}.txt")]
    if language == "fr":
        verbs = {verb for verb in (*verbs, *(line[0] for line in own if len(line) == 1))}
        verbs = {verb for verb in verbs if re.fullmatch(r"[^\W\d_]{2,}er", verb)}
        for row in listed("verbs.fr.txt"):
            lemmas = dict.fromkeys(sorted(conjugated(row)), row[0]) | lemmas
    conjugate = regular if language == "en" else first_group
    made = [(form, verb) for verb in sorted(verbs) for form in sorted(conjugate(verb))]
    for lemma, *forms in own:
        lemmas |= dict.fromkeys((lemma, *forms), lemma)
    lemmas = stable(lemmas)
    found = Lemmas(lemmas, learned(lemmas, made))
    wrong = {form: verb for form, verb in made if _own(form) and found.step(form) != verb}
    return Lemmas(wrong | lemmas, found.endings)


def main(data: Path) -> None:
    """Write the artefact and seal it."""
    for language in LANGUAGES:
        text = written(fit(language, data))
        (FOLDER / f"{language}.txt.gz").write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))
    seal(FOLDER)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
