"""What French sets otherwise is advice: told where a reader would see it, and nowhere else."""

from __future__ import annotations

import pytest

from pipelines.language.reasons import name_of, told
from pipelines.translation.typographic import typography

ENGLISH = "Costs rose by 2.5% to $1,250 at 3:30: “it’s hot”, they said (version 3.1)."


def names(text: str, source: str = ENGLISH) -> list[str]:
    return [name_of(why) for why in typography(source, text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Voici le constat: il fait chaud.", "typography_before"),
        ("Les coûts ont augmenté de 2,5% en un an.", "typography_before"),
        ("On dit « il fait chaud» ici.", "typography_before"),
        ("On dit «il fait chaud » ici.", "typography_behind"),
        ("Que faire ? Rien.", "typography_no_blank"),
        ("Il fait chaud ; on a soif.", "typography_no_blank"),
        ("On dit “il fait chaud” ici.", "typography_quotes"),
        ('On dit "il fait chaud" ici.', "typography_quotes"),
        ("L’été, l'eau manque.", "typography_apostrophe"),
        ("Les coûts ont augmenté de 2.5 points.", "typography_number"),
        ("Ils ont payé 1,250 dollars.", "typography_number"),
        ("Etat des lieux de la chaleur.", "typography_accent"),
        ("A partir de juin, il fait chaud.", "typography_accent"),
    ],
)
def test_a_departure_is_told_by_its_name_and_in_both_languages(text: str, name: str) -> None:
    assert names(text) == [name]
    [why] = typography(ENGLISH, text)
    assert told(why, "fr") != why


@pytest.mark.parametrize(
    "text",
    [
        "Voici\u00a0: à 15:30, le ratio était de 1:4 (https://example.org/a).",
        "Voici : les coûts ont augmenté de 2,5 % pour atteindre 1\u00a0250 $.",
        "Que faire? Que faire\u202f? Rien; « il fait “très” chaud », dit-on!",
        "C'est l'eau qui manque aujourd'hui.",
        "La version 3.1 et la section 2.5 en parlent.",
        "Ils ont payé 1 250 $ ou 1250 $.",
        "État, Économie, Îles, À partir de là, Emploi, Ontario, Alberta et Ottawa.",
        "A-t-il fait chaud? Les vitamines A et E, le plan A.",
    ],
)
def test_what_is_set_well_or_may_be_set_so_raises_nothing(text: str) -> None:
    assert names(text) == []
