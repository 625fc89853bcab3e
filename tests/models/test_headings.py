"""What a paper's headings say that its sections do."""

import pytest

from corpus.document import Block, Language
from models.headings import headings, in_abstract, is_abstract, section_role


@pytest.mark.parametrize(
    ("section", "language", "role"),
    [
        ("Introduction", "en", "background"),
        ("3.2 Results", "en", "result"),
        ("IV. METHODS", "en", "method"),
        ("Limitations.", "en", "limitation"),
        ("Abstract › Conclusions", "en", "conclusion"),
        ("Discussion › Strengths and limitations", "en", "limitation"),
        ("Methods › Results", "en", "result"),  # the innermost
        ("Results › The river bank", "en", "result"),  # or the next that tells
        ("Results and discussion", "en", "result"),  # the first part that tells
        ("Materials and methods", "en", "method"),
        ("Policy", "en", "implication"),
        ("What we found", "en", "result"),
        ("3. What we don’t know yet", "en", "limitation"),
        ("What is not known", "en", "limitation"),
        ("What we already know", "en", "background"),
        ("How we counted benches", "en", "method"),
        ("What this means for towns", "en", "implication"),
        ("What should be done?", "en", "implication"),
        ("Executive summary › Key findings", "en", "result"),
        ("Ce que nous avons constaté", "fr", "result"),
        ("Ce que l’étude ne dit pas", "fr", "limitation"),
        ("Pourquoi cette étude", "fr", "background"),
        ("Que faire ?", "fr", "implication"),
        ("eLife digest", "en", "other"),
        ("The river bank", "en", None),
        ("Abstract", "en", None),
        ("Limites", "en", None),  # of the other language
        ("", "en", None),
        (None, "en", None),
        ("Mise en contexte", "fr", "background"),
        ("Résumé › Méthodes", "fr", "method"),
        ("2. Matériel et méthodes", "fr", "method"),
        ("Résultats et discussion", "fr", "result"),
        ("Limites de l’étude", "fr", "limitation"),
        ("Limites de l'étude", "fr", "limitation"),
        ("Implications pour les politiques", "fr", "implication"),
        ("Faits saillants", "fr", "other"),
        ("Les berges", "fr", None),
    ],
)
def test_the_innermost_heading_that_tells_decides(
    section: str | None, language: Language, role: str | None
) -> None:
    assert section_role(section, language) == role


@pytest.mark.parametrize(
    ("section", "inside", "alone"),
    [
        ("Abstract", True, True),
        ("Structured abstract", True, True),
        ("Abstract › Methods", True, False),
        ("Summary", True, True),
        ("RÉSUMÉ", True, True),
        ("Sommaire", True, True),
        ("Discussion › Summary", False, False),
        ("Abstraction in art", False, False),
        ("Introduction", False, False),
        (None, False, False),
    ],
)
def test_an_abstract_is_known_by_its_outermost_heading(
    section: str | None, inside: bool, alone: bool
) -> None:
    assert in_abstract(Block(0, 9, "paragraph", section)) is inside
    assert is_abstract(section or "") is alone


def test_both_languages_list_the_same_roles_and_nothing_twice() -> None:
    english, french = headings("en"), headings("fr")
    assert set(english) == set(french)
    for roles in (english, french):
        listed = [entry for entries in roles.values() for entry in entries]
        assert sorted(listed) == sorted(set(listed))
        assert all(entry == entry.lower() for entry in listed)
