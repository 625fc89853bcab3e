"""Sentences end where a reader would say that they do, in research prose, on the web, in speech."""

from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Language
from models.components.sentences import candidates as candidates_of
from models.components.sentences import is_spoken, sentence_starts, spoken_text
from models.parsing import pipeline
from pipelines.suites import evaluate_sentences as suite

WHOLE: list[tuple[Language, str]] = [
    ("en", "As Okafor et al. (2019) found, streets differ."),
    ("en", "Okafor et al. [12] found that streets differ."),
    ("en", "The drop is shown in Fig. 3 and in Eqs. 4–6 below."),
    ("en", "The trees are listed in Fig. S2 and in Tab. A1."),
    ("en", "Rates fell by 0.5 per 1,000, i.e. by half, vs. the year before."),
    ("en", "The survey of J. R. Bell and M. Ito was used."),
    ("en", "It was grown with E. coli at 37 °C (cf. Table 2)."),
    ("en", "Dr. Roy and Prof. Lind spoke at St. John’s."),
    ("en", "3. Results of the second survey"),
    ("en", "We asked “Why now?” and waited."),
    ("en", "Shade (see the map.) and water were asked for."),
    ("en", "The loss was small (Lind et al., 2020; Roy et al., 2021) in no. 5 and no. 7."),
    ("fr", "Selon M. Roy et Mme Gagnon, p. ex. en 2020, l’eau monte."),
    ("fr", "Tremblay et coll. (2018) l’ont montré à la fig. 2."),
    ("fr", "Le conseil du boul. Saint-Jean (cf. art. 4) a tranché."),
    ("fr", "« Pourquoi maintenant ? », demande le maire."),
    ("fr", "Me Lavoie et Dre Côté ont vu J.-P. Roy le 3 sept. 2021."),
]
SPLIT: list[tuple[Language, list[str]]] = [
    ("en", ["The difference was clear (p < 0.05).", "It grew later."]),
    ("en", ["It held for both groups, p < 0.05.", "It grew later."]),
    ("en", ["It rose by 0.5.", "The rest fell."]),
    ("en", ["Heat kills. [12]", "Shade helps."]),
    ("en", ["Shade cools the streets.12 28", "Trees take years."]),
    ("en", ["It was seen in the rain.3", "20 people came."]),
    ("en", ["It was high (see the box).23", "More died."]),
    ("en", ["Outcomes got better.28 29 30", "For example, fewer died."]),
    ("en", ["Heat kills.12,13", "Shade helps."]),
    ("en", ["See Smith et al.", "The rest is new."]),
    ("en", ["Cells grew.", "mRNA levels fell."]),
    ("en", ["He said “Stop.”", "Then he left."]),
    ("en", ["Will they pay? ...", "No one knows."]),
    ("en", ["The council said no.", "We asked again."]),
    ("en", ["They left at 5 p.m.", "The hall was empty."]),
    ("en", ["What we need:\n", "- shade along the route\n", "- water at the stops"]),
    ("en", ["Methods\n\n", "We counted trees."]),
    ("en", ["We need: ", "• shade ", "• water"]),
    ("fr", ["Pourquoi maintenant ?", "Parce que l’eau monte."]),
    ("fr", ["On a dit « c’est assez. »", "Personne n’a ri."]),
    ("fr", ["La hausse est de 1,4 °C.", "Elle dure."]),
    ("fr", ["La haie mesure 5 m.", "Elle sera taillée."]),
    ("fr", ["L’effet est net (p < 0,05) [3].", "Il dure deux ans."]),
]
#: What rules can't tell and the trained pipeline can.
LEARNED: list[tuple[Language, list[str]]] = [
    ("en", ["Samples were shaken for 10 min.", "Cells were then washed twice."]),
    ("en", ["thanks for the map.", "i will send you the list tomorrow."]),
]
PROSE = [
    "Assays were performed in 2.5 mM Tris-HCl buffer and then stopped on ice.",
    "The strains that resist several drugs (XDR) Mycobacterium tuberculosis has were left out.",
    "Plants of the second plot were kept in buffer A and watered by hand.",
    "The survey by the Keck Foundation Biotechnology Resource Laboratory was used.",
]
SPEECH = (
    "i think we need more shade on that street and the bus stop has no bench at all so people "
    "stand in the sun for half an hour we asked the city about it last year and they told us "
    "there is no money for trees do you know who decides about this i would like to invite them"
)


def cut(text: str, starts: list[int]) -> list[str]:
    return [text[start:end] for start, end in pairwise([*starts, len(text)])]


def stripped(parts: list[str]) -> list[str]:
    return [part.strip() for part in parts]


@pytest.mark.parametrize(("language", "text"), WHOLE)
def test_a_full_stop_inside_a_sentence_does_not_end_it(language: Language, text: str) -> None:
    assert cut(text, sentence_starts(text, language)) == [text]
    assert [sentence.text for sentence in pipeline(language)(text).sents] == [text]


@pytest.mark.parametrize(("language", "parts"), SPLIT)
def test_sentences_end_where_they_do(language: Language, parts: list[str]) -> None:
    text = "".join(part if part[-1].isspace() else f"{part} " for part in parts).strip()
    assert stripped(cut(text, sentence_starts(text, language))) == stripped(parts)
    found = [sentence.text for sentence in pipeline(language)(text).sents]
    assert stripped(found) == stripped(parts)


@pytest.mark.parametrize(("language", "parts"), LEARNED)
def test_the_trained_pipeline_decides_where_rules_are_unsure(
    language: Language, parts: list[str]
) -> None:
    text = " ".join(parts)
    assert sentence_starts(text, language) == [0]
    assert stripped([s.text for s in pipeline(language)(text).sents]) == parts


@pytest.mark.parametrize("text", PROSE)
def test_a_sentence_of_a_paper_is_not_cut_at_a_capital(text: str) -> None:
    assert [sentence.text for sentence in pipeline("en")(text).sents] == [text]


def test_speech_without_punctuation_is_cut_between_words_and_kept_whole() -> None:
    doc = pipeline("en")(SPEECH)
    found = [sentence.text for sentence in doc.sents]
    assert len(found) >= 3
    assert " ".join(found) == SPEECH
    assert any(part.startswith("we asked the city") for part in found)


@pytest.mark.parametrize(
    "text",
    [
        "Effect of shade on the speed of walking in the streets of a small town",
        "the number of people who waited for a bus in the sun",
        "The results show that people who lived beside a street with many old trees slept "
        "better than people who lived beside a street without any trees in both years.",
    ],
)
def test_headings_list_items_and_long_sentences_are_no_speech(text: str) -> None:
    assert not is_spoken(text)


def test_spoken_text_keeps_what_is_inside_words() -> None:
    assert spoken_text("“It’s 3.5 °C,” she said – re-read it!") == "it's 3.5 c she said re-read it"


def test_without_a_trained_pipeline_rules_alone_decide() -> None:
    blank = spacy.blank("en")
    blank.add_pipe("passerelle_sentences")
    text = "Okafor et al. Found it was small. The rest grew."
    assert [s.start_char for s in blank(text).sents] == sentence_starts(text, "en")


@given(st.text(alphabet='aB. ?!«»()[]"”1,\n•-:', max_size=80))
def test_sentences_cover_the_text_in_order_and_nothing_twice(text: str) -> None:
    starts = sentence_starts(text, "en")
    assert starts == sorted(set(starts))
    assert all(0 <= start <= len(text) for start in starts)
    assert "".join(s.text_with_ws for s in pipeline("en")(text).sents) == text


@given(st.text(alphabet="Ab. ?!3\n", max_size=40))
def test_no_sentence_begins_inside_a_word(text: str) -> None:
    assert all(text[place.start - 1].isspace() for place in candidates_of(text, "en"))


def test_the_suite_measures_ours_and_three_peers(tmp_path: Path) -> None:
    sentences = [
        "The council met on 3 May.",
        "As Roy et al. (2020) said, it is hot.",
        "No one from St. John’s did.",
    ]
    blocks = [
        f"# text = {sentence}\n"
        + "".join(
            f"{number}\t{word}\t_\tX\t_\t_\t{number - 1}\tdep\t_\t_\n"
            for number, word in enumerate(sentence.split(), start=1)
        )
        for sentence in sentences
    ]
    path = tmp_path / "tiny.conllu"
    path.write_text("\n".join(blocks) + "\n", encoding="utf-8")
    figures = suite.evaluate(path)
    assert list(figures) == [
        "f1", "precision", "recall", "f1_sentencizer", "f1_textstat", "f1_pysbd", "f1_unpunctuated",
    ]  # fmt: skip
    assert figures["f1"] == 1.0
    assert figures["f1_sentencizer"] < 1.0


@pytest.mark.shared_data
def test_boundaries_are_ahead_of_the_peers(shared_data: Path) -> None:
    figures = suite.evaluate(shared_data / "ud_french_sequoia" / "dev.conllu.xz")
    peers = [value for name, value in figures.items() if name in
             ("f1_sentencizer", "f1_textstat", "f1_pysbd")]  # fmt: skip
    assert figures["f1"] > max(peers)
