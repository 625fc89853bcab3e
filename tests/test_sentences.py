"""Sentences end where a reader would say that they do, in research prose and in speech."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Language
from models.language import pipeline, sentence_starts

WHOLE: list[tuple[Language, str]] = [
    ("en", "As Okafor et al. (2019) found, streets differ."),
    ("en", "The drop is shown in Fig. 3 and in Eqs. 4–6 below."),
    ("en", "Rates fell by 0.5 per 1,000, i.e. by half, vs. the year before."),
    ("en", "The survey of J. R. Bell and M. Ito was used."),
    ("en", "It was grown with E. coli at 37 °C (cf. Table 2)."),
    ("en", "Dr. Roy and Prof. Lind spoke at St. John’s."),
    ("en", "3. Results of the second survey"),
    ("en", "We asked “Why now?” and waited."),
    ("fr", "Selon M. Roy et Mme Gagnon, p. ex. en 2020, l’eau monte."),
    ("fr", "Tremblay et coll. (2018) l’ont montré à la fig. 2."),
    ("fr", "Le conseil du boul. Saint-Jean (cf. art. 4) a tranché."),
]
SPLIT: list[tuple[Language, str, list[str]]] = [
    (
        "en",
        "The difference was clear (p < 0.05). It grew later.",
        ["The difference was clear (p < 0.05).", "It grew later."],
    ),
    ("en", "It rose by 0.5. The rest fell.", ["It rose by 0.5.", "The rest fell."]),
    ("en", "Heat kills. [12] Shade helps.", ["Heat kills. [12]", "Shade helps."]),
    ("en", "See Smith et al. The rest is new.", ["See Smith et al.", "The rest is new."]),
    ("en", "Cells grew. mRNA levels fell.", ["Cells grew.", "mRNA levels fell."]),
    ("en", "He said “Stop.” Then he left.", ["He said “Stop.”", "Then he left."]),
    (
        "fr",
        "Pourquoi maintenant ? Parce que l’eau monte.",
        ["Pourquoi maintenant ?", "Parce que l’eau monte."],
    ),
    (
        "fr",
        "On a dit « c’est assez. » Personne n’a ri.",
        ["On a dit « c’est assez. »", "Personne n’a ri."],
    ),
    ("fr", "La hausse est de 1,4 °C. Elle dure.", ["La hausse est de 1,4 °C.", "Elle dure."]),
]


@pytest.mark.parametrize(("language", "text"), WHOLE)
def test_a_full_stop_inside_a_sentence_does_not_end_it(language: Language, text: str) -> None:
    assert [sentence.text for sentence in pipeline(language)(text).sents] == [text]


@pytest.mark.parametrize(("language", "text", "sentences"), SPLIT)
def test_sentences_end_where_they_do(language: Language, text: str, sentences: list[str]) -> None:
    assert [sentence.text.strip() for sentence in pipeline(language)(text).sents] == sentences


@given(st.text(alphabet='aB. ?!«»()[]"”1,\n', max_size=80))
def test_sentences_cover_the_text_in_order_and_nothing_twice(text: str) -> None:
    starts = sentence_starts(text, "en")
    assert starts == sorted(set(starts))
    assert all(0 <= start <= len(text) for start in starts)
    assert "".join(s.text_with_ws for s in pipeline("en")(text).sents) == text
