"""Where users keep terms of their own."""

from __future__ import annotations

from models.model_settings import ModelSettings


class TermSettings(ModelSettings):
    """What finding terms is told, and the floors below."""

    terms: str = ""
    """Folder of own terms, ``.tsv`` or ``.tbx``, that go before the shipped ones; empty is none."""
