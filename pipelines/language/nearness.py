"""How near in meaning an English word and a French one are, where no list pairs them.

In: a word of each language, however inflected. Out: the cosine of the English word and of what the
French one may mean in English by the dictionary (``models.senses``), the nearest of its senses.
"Post" and « billet » are near each other, "patent" and « égout » aren't.
"""

from __future__ import annotations

from functools import lru_cache

from models import senses
from pipelines.language.dictionary import forms, glosses
from pipelines.language.words import family


@lru_cache(maxsize=1 << 18)
def nearness(en: str, fr: str) -> float:
    """The cosine of two words in lower case, -1 to 1; 0 where the dictionary lacks one of them.

    Raises ``ModelMissingError``.
    """
    return senses.nearness(_own(en), glosses(fr) or tuple(sorted(forms(fr, "fr"))))


@lru_cache(maxsize=1 << 16)
def _own(en: str) -> tuple[str, ...]:
    """The forms of an English word that have a vector."""
    return tuple(
        sorted(form for form in {*forms(en, "en"), family(en, "en")} if senses.known(form))
    )
