import pytest

from corpus.document import Language
from corpus.errors import UnreadableError
from corpus.language_detection import detect_language, is_foreign
from models import parsing

ENGLISH = (
    "Streets with more trees were cooler in the afternoon than streets without them. We compared "
    "forty streets over two summers, and the difference was largest where the houses are close "
    "together. It is not known whether the trees are the only cause."
)
FRENCH = (
    "Les rues qui ont plus d'arbres étaient plus fraîches l'après-midi que les autres. Nous avons "
    "comparé quarante rues pendant deux étés, et l'écart était le plus grand là où les maisons "
    "sont serrées. On ne sait pas si les arbres en sont la seule cause."
)
GERMAN = (
    "Die Stadt hat im vergangenen Jahr mehr als tausend Bäume gepflanzt, um die Hitze in den "
    "Straßen zu mildern. Die Ergebnisse zeigen, dass die Temperatur in den Vierteln mit vielen "
    "Bäumen an heißen Tagen um zwei Grad niedriger war."
)
SPANISH = (
    "La ciudad plantó el año pasado más de mil árboles para reducir el calor en las calles. Los "
    "resultados muestran que la temperatura en los barrios con muchos árboles era dos grados más "
    "baja en los días de calor que en los otros barrios."
)
ITALIAN = (
    "La città ha piantato l'anno scorso più di mille alberi per ridurre il calore nelle strade. "
    "I risultati mostrano che la temperatura nei quartieri con molti alberi era di due gradi più "
    "bassa nei giorni caldi rispetto agli altri quartieri."
)
NAMES = " ".join(["Ajax Barrie Cobalt Dryden Elmira Fergus Guelph Hearst Ingersoll Jarvis"] * 3)


def test_english_and_french_are_told_apart() -> None:
    assert detect_language(ENGLISH, "a.txt") == "en"
    assert detect_language(FRENCH, "b.txt") == "fr"


def test_a_quote_in_the_other_language_changes_nothing() -> None:
    assert detect_language(FRENCH * 2 + ENGLISH, "a.txt") == "fr"
    assert detect_language(ENGLISH * 2 + FRENCH, "a.txt") == "en"


@pytest.mark.parametrize("text", [GERMAN, SPANISH, ITALIAN, NAMES])
def test_another_language_is_refused_by_name_in_one_line(text: str) -> None:
    with pytest.raises(UnreadableError, match=r"^report\.txt: neither English nor French") as info:
        detect_language(text, "report.txt")
    assert "\n" not in str(info.value)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Les arbres de la ville", "fr"),
        ("Trees in the city", "en"),
        ("L'eau", "fr"),
        ("Canopy 2024", "en"),
        ("", "en"),
    ],
)
def test_a_short_text_takes_the_larger_share_and_english_on_a_tie(text: str, language: str) -> None:
    assert detect_language(text, "title") == language


@pytest.mark.parametrize(
    ("sentence", "language", "foreign"),
    [
        ("It helps to reduce the duplication of effort and to save costs.", "fr", True),
        ("Les bancs sont au bord de la rivière et du sentier.", "en", True),
        ("Les bancs sont au bord de la rivière et du sentier.", "fr", False),
        ("The benches stand on the Rue de la Montagne in the old town.", "en", False),
        ("Phase 2: 40 sites.", "fr", False),
    ],
)
def test_a_sentence_in_the_other_language_is_noticed(
    sentence: str, language: Language, foreign: bool
) -> None:
    assert is_foreign(sentence, language) is foreign


def test_a_language_that_nobody_speaks_is_not_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "pipeline", pytest.fail)
    assert parsing.parse_all([], "fr") == []
