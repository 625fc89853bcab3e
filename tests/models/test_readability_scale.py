"""The scale is linear and explainable, alike in both languages, and says how sure it is."""

import json
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from corpus.document import Language
from corpus.errors import ModelMissingError
from models import readability_scale as scale

Row = tuple[str, str, str, int, str]
"""Word, part of speech, lemma, head (its place), relation."""


def sentence(language: Language, *rows: Row, finite: tuple[str, ...] = ()) -> Span:
    """A sentence parsed by hand."""
    words, tags, lemmas, heads, relations = zip(*rows, strict=True)
    morphs = ["VerbForm=Fin" if word in finite else "" for word in words]
    doc = Doc(
        spacy.blank(language).vocab,
        words=list(words),
        pos=list(tags),
        lemmas=list(lemmas),
        heads=list(heads),
        deps=list(relations),
        morphs=morphs,
    )
    return doc[:]


PLAIN = sentence(
    "en",
    ("The", "DET", "the", 1, "det"),
    ("dog", "NOUN", "dog", 2, "nsubj"),
    ("ran", "VERB", "run", 2, "ROOT"),
    ("home", "ADV", "home", 2, "advmod"),
    (".", "PUNCT", ".", 2, "punct"),
    finite=("ran",),
)
HARD = sentence(
    "en",
    ("Municipal", "ADJ", "municipal", 1, "amod"),
    ("procurement", "NOUN", "procurement", 2, "compound"),
    ("harmonization", "NOUN", "harmonization", 4, "nsubj:pass"),
    ("was", "AUX", "be", 4, "aux:pass"),
    ("operationalized", "VERB", "operationalize", 4, "ROOT"),
    (".", "PUNCT", ".", 4, "punct"),
    finite=("was",),
)
FRENCH = sentence(
    "fr",
    ("L’", "DET", "le", 1, "det"),
    ("harmonisation", "NOUN", "harmonisation", 7, "nsubj:pass"),
    ("des", "ADP", "de", 3, "case"),
    ("approvisionnements", "NOUN", "approvisionnement", 1, "nmod"),
    ("municipaux", "ADJ", "municipal", 3, "amod"),
    ("a", "AUX", "avoir", 7, "aux:tense"),
    ("été", "AUX", "être", 7, "aux:pass"),
    ("opérationnalisée", "VERB", "opérationnaliser", 7, "ROOT"),
    finite=("a",),
)


def measured(span: Span) -> scale.Measured:
    found = scale.measure(span, scale.load().words)
    assert found is not None
    return found


def added(span: Span) -> dict[str, float]:
    return dict(
        zip(scale.FEATURES, scale.excess(measured(span), scale.load()).tolist(), strict=True)
    )


@pytest.mark.parametrize(
    ("easy", "hard", "language"),
    [
        ("dog", "canine", "en"),
        ("use", "utilization", "en"),
        ("help", "facilitate", "en"),
        ("chien", "canidé", "fr"),
        ("aide", "subvention", "fr"),
        ("payer", "rémunérer", "fr"),
    ],
)
def test_a_learned_word_is_less_familiar(easy: str, hard: str, language: Language) -> None:
    model = scale.load().words[language]
    assert scale.unfamiliarity(easy, language, model) < scale.unfamiliarity(hard, language, model)


def test_what_is_counted_can_be_seen_in_the_sentence() -> None:
    counted = measured(HARD)
    assert counted.words == 5
    assert counted.passive
    assert counted.noun_links == 1  # "procurement" on "harmonization"
    assert counted.nominalizations == 2
    assert counted.finite_verbs == 1
    assert set(counted.unfamiliar) == {
        "municipal",
        "procurement",
        "harmonization",
        "operationalized",
    }


def test_the_french_passive_is_seen_as_well() -> None:
    counted = measured(FRENCH)
    assert counted.language == "fr"
    assert counted.passive
    assert counted.noun_links == 1


def test_a_hard_sentence_has_the_higher_grade() -> None:
    loaded = scale.load()
    plain, hard, french = (scale.grade([measured(s)], loaded).value for s in (PLAIN, HARD, FRENCH))
    assert plain < 6 < 12 < hard
    assert french > 12


def test_what_features_add_sums_to_the_grade() -> None:
    loaded = scale.load()
    counted = measured(FRENCH)
    plain = loaded.intercept + float(loaded.weights @ loaded.plain)
    raw = loaded.intercept + float(loaded.weights @ scale.common_features([counted], loaded))
    assert plain + scale.excess(counted, loaded).sum() == pytest.approx(raw)


def test_no_feature_makes_a_text_easier_than_its_absence() -> None:
    loaded = scale.load()
    assert (loaded.weights >= 0).all()
    assert added(HARD)["passive"] > 0 > added(PLAIN)["passive"]


@given(st.integers(1, 40), st.integers(1, 40))
def test_the_longer_text_has_the_narrower_interval(fewer: int, more: int) -> None:
    loaded = scale.load()
    counted = measured(HARD)
    narrow, wide = (
        scale.grade([counted, measured(PLAIN)] * times, loaded)
        for times in (max(fewer, more), min(fewer, more))
    )
    assert narrow.low <= narrow.value <= narrow.high
    assert narrow.high - narrow.low <= wide.high - wide.low + 1e-9


@given(st.lists(st.sampled_from([PLAIN, HARD]), min_size=1, max_size=60))
def test_a_grade_is_a_school_year(spans: list[Span]) -> None:
    grade = scale.grade([measured(span) for span in spans], scale.load())
    assert scale.LOWEST <= grade.low <= grade.value <= grade.high <= scale.HIGHEST


@given(st.lists(st.integers(1, 60), min_size=1, max_size=40))
def test_windows_keep_every_sentence_in_order(lengths: list[int]) -> None:
    base = measured(PLAIN)
    sentences = [
        scale.Measured(base.language, words, {}, place, 1.0, 1, 0, 0, False, 0)
        for place, words in enumerate(lengths)
    ]
    runs = list(scale.windows(sentences))
    assert [one for run in runs for one in run] == sentences
    assert all(sum(one.words for one in run) >= scale.WINDOW / 2 for run in runs[1:])


def test_a_text_in_two_languages_is_moved_by_the_share_of_each() -> None:
    loaded = scale.load()
    both = [measured(HARD), measured(FRENCH)]
    moved = scale.common_features(both, loaded) - scale.text_features(both)
    share = both[1].words / sum(one.words for one in both)
    assert moved == pytest.approx(share * loaded.shift["fr"])


def test_unparsed_text_is_refused_with_what_to_do() -> None:
    doc = spacy.blank("fr")("Les arbres sont grands.")
    doc[0].is_sent_start = True
    with pytest.raises(ModelMissingError, match="PASSERELLE_LANGUAGE_MODEL_FR"):
        scale.measure(doc[:], scale.load().words)


def test_a_sentence_without_words_counts_nothing() -> None:
    dots = sentence("en", ("…", "PUNCT", "…", 0, "ROOT"))
    assert scale.measure(dots, scale.load().words) is None


def test_the_stored_scale_names_every_feature() -> None:
    folder = Path(scale.__file__).with_name("weights") / "readability"
    fields = json.loads((folder / "scale.json").read_text(encoding="utf-8"))
    assert tuple(fields["weights"]) == scale.FEATURES
    assert np.isfinite(scale.load().weights).all()
