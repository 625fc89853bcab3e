"""One scale for both languages, with reasons; formulas equal textstat's own, offline."""

import socket

import pytest
import textstat as reference
from fixtures.texts import document
from spacy.tokens import Span

from corpus.document import LANGUAGES, Language, Passage
from models.readability_scale import FEATURES
from pipelines.language.lexicon import table
from pipelines.scoring.readability import (
    FORMULAS,
    GRADE,
    HIGH,
    LOW,
    TOLD_FROM,
    common_scale,
    ended,
    parse,
    rare_words,
    reasons,
    score_document,
    score_text,
    scores,
    sentences_of,
)

ENGLISH = "The town planted trees along nine streets. Residents said that the walk felt cooler."
FRENCH = (
    "La ville a planté des arbres dans neuf rues. Les gens ont dit que la marche était agréable."
)


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("went to the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


@pytest.mark.usefixtures("no_network")
def test_english_scores_are_textstats_own_without_the_network() -> None:
    scores = score_text(ENGLISH, "en")
    reference.set_lang("en")
    assert list(scores) == list(FORMULAS["en"])
    for name, function in FORMULAS["en"].items():
        assert scores[name] == round(float(getattr(reference, function)(ENGLISH)), 2)


def test_the_pronunciation_dictionary_is_used() -> None:
    # "area" has three syllables in the dictionary, two by hyphenation: the grades differ by it
    assert score_text("area " * 10 + ".", "en")["flesch_reading_ease"] == pytest.approx(
        206.835 - 1.015 * 10 - 84.6 * 3, abs=0.01
    )


def test_french_gets_no_english_grade() -> None:
    scores = score_text(FRENCH, "fr")
    assert list(scores) == ["kandel_moles_207", "lix", "rix"]


def test_the_french_constants_are_those_in_the_name() -> None:
    # one sentence of four words, each one syllable by hyphenation: 207 − 1.015 · 4 − 73.6 · 4/4
    assert score_text("Les arbres sont grands.", "fr")["kandel_moles_207"] == pytest.approx(
        207 - 1.015 * 4 - 73.6, abs=0.01
    )


def test_scoring_french_leaves_english_scores_alone() -> None:
    before = score_text(ENGLISH, "en")
    score_text(FRENCH, "fr")
    assert score_text(ENGLISH, "en") == before


def test_a_text_without_words_scores_nothing() -> None:
    assert score_text(" 12 — 3. ", "en") == {}


def test_a_list_without_stops_is_not_one_long_sentence() -> None:
    assert (
        ended(["benches by the road", "shade at stops "]) == "benches by the road.\nshade at stops."
    )


def test_a_decimal_does_not_cut_a_sentence_short() -> None:
    sentences = read("The rate was 0.71 (Roy et al. 2019) in May. It fell.", "en")
    plain = ended(sentence.text for sentence in sentences)
    assert plain == "The rate was 071 (Roy et al 2019) in May.\nIt fell."


def read(text: str, language: Language) -> list[Span]:
    return sentences_of(parse([text], language))


def only_sentence(text: str, language: Language) -> Span:
    (sentence,) = read(text, language)
    return sentence


HARD = [
    ("en", "The benches were placed by the town.", "passive"),
    ("fr", "Les bancs ont été installés par la ville.", "passive"),
    ("en", "Municipal infrastructure investments facilitate accessibility.", "rare_words"),
    ("fr", "Les infrastructures municipales facilitent l’accessibilité.", "rare_words"),
    ("en", "The town " + "put a bench by the mill and " * 8 + "left.", "long_sentence"),
    ("fr", "La ville a " + "mis un banc au moulin et " * 8 + "fini.", "long_sentence"),
    ("en", "The water quality data collection system cost report came.", "noun_string"),
    ("fr", "Rapport sur le coût du système de collecte de données sur la qualité de l’eau.",
     "noun_string"),
    ("en", "The regulation of the implementation of assessments needs a decision.",
     "abstract_nouns"),
    ("en", "The bench that the man who the girl whom we saw yesterday knew had built fell.",
     "nested"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "reason"), HARD)
def test_a_hard_sentence_says_why(language: Language, text: str, reason: str) -> None:
    weights = reasons(only_sentence(text, language))
    assert weights.get(reason, 0) >= TOLD_FROM
    assert list(weights.values()) == sorted(weights.values(), reverse=True)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "The town put a bench by the mill."), ("fr", "La ville a mis un banc au moulin.")],
)
def test_a_short_plain_sentence_has_no_reason(language: Language, text: str) -> None:
    assert reasons(only_sentence(text, language)) == {}


def test_rare_words_are_named_hardest_first() -> None:
    named = rare_words(only_sentence("We saw the ubiquitous lichen and a big dog.", "en"))
    assert named[0] == "ubiquitous"
    assert "dog" not in named


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_features_and_its_words(language: Language) -> None:
    entries = table("difficulty").values()
    assert sorted(name for entry in entries for name in entry["features"]) == sorted(FEATURES)
    assert all(entry[language] for entry in entries)


EASY_PAIR = (
    "The town put benches by the road. Old people sit there and rest. They walk more now.",
    "La ville a mis des bancs au bord de la route. Les personnes âgées s’y reposent. Elles "
    "marchent plus qu’avant.",
)
HARD_PAIR = (
    "The implementation of municipal accessibility standards, which was evaluated by an "
    "independent committee, contributed to the improvement of pedestrian mobility.",
    "La mise en œuvre de normes municipales d’accessibilité, qui a été évaluée par un comité "
    "indépendant, a contribué à l’amélioration de la mobilité des piétons.",
)


def test_the_same_text_has_like_grades_in_both_languages() -> None:
    easy = [common_scale(read(EASY_PAIR[n], language)) for n, language in enumerate(LANGUAGES)]
    hard = [common_scale(read(HARD_PAIR[n], language)) for n, language in enumerate(LANGUAGES)]
    assert max(found[GRADE] for found in easy) + 5 < min(found[GRADE] for found in hard)
    for english, french in (easy, hard):
        assert english[LOW] <= french[GRADE] <= english[HIGH]


def test_a_paragraph_in_the_other_language_is_scored_in_that_one() -> None:
    english = HARD_PAIR[0]
    assert common_scale(read(english, "fr")) == common_scale(read(english, "en"))


def test_all_scores_are_the_common_scale_first_then_the_formulas() -> None:
    assert list(scores(read(FRENCH, "fr"), "fr")) == [GRADE, LOW, HIGH, *FORMULAS["fr"]]
    assert scores(read("12 — 3.", "en"), "en") == {}


def test_sentences_are_scored_at_their_places() -> None:
    _, scored = score_document(
        made := document([Passage("One bench fell. Two stood.", "paragraph")])
    )
    assert [made.text[s.start : s.end] for s in scored] == ["One bench fell.", "Two stood."]
    assert all(list(s.scores) == [GRADE, LOW, HIGH, *FORMULAS["en"]] for s in scored)
    assert all(tuple(s.weights) == s.reasons for s in scored)
