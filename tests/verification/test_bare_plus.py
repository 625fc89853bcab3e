"""A « plus » that speech leaves open, more or none any more, isn't told."""

from dataclasses import replace

import pytest
from pairs import beside, reasons, source

from pipelines.verification.bare_plus import bare_plus
from pipelines.verification.caution import negation


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("Il y aura plus de bancs dans le parc.", True),
        ("On a plus de budget pour les bancs.", True),
        ("Il reste plus d'arbres au parc.", True),
        # denied in full, counted, compared, wanted
        ("Il n'y aura plus de bancs dans le parc.", False),
        ("Il y a plus de quarante bancs.", False),
        ("Il y a plus d'un banc dans le parc.", False),
        ("Il y a plus de bancs que d'arbres.", False),
        ("Il y a beaucoup plus de bancs.", False),
        ("Il faut plus de bancs dans le parc.", False),
        ("De plus en plus de gens viennent.", False),
    ],
)
def test_more_or_none(text: str, open_: bool) -> None:
    assert bare_plus(text) is open_


def test_only_of_what_was_said() -> None:
    said = "Il y aura plus de bancs dans le parc."
    paper = source(said, language="fr")
    spoken = replace(paper, kind="exchange")
    assert reasons(negation, beside(said, said, language="fr", of=paper)) == []
    assert reasons(negation, beside(said, said, language="fr", of=spoken)) == [
        "tells a “plus” of speech that may say more or none any more"
    ]
