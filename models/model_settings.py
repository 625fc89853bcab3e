"""Which models are used: the packaged ones, unless the environment names others."""

from __future__ import annotations

from typing import Literal

from corpus.settings_base import CorpusSettings


class ModelSettings(CorpusSettings):
    """What the models' floor is told, and the floor below."""

    encoder: str = ""
    """Sentence encoder: folder of a transformers model; empty is the installed MiniLM package."""
    encoder_precision: Literal["auto", "float32", "bfloat16"] = "auto"
    """Of the sentence encoder: ``auto`` is bfloat16 where the processor has it built in."""
    language_model_en: str = ""
    """English spaCy pipeline: package name or folder; empty is the bundled one."""
    language_model_fr: str = ""
    """French spaCy pipeline: package name or folder; empty is the bundled one."""
    name_recognizer_en: str = ""
    """English spaCy pipeline whose NER looks for names, too: package or folder; empty is none."""
    name_recognizer_fr: str = ""
    """The same for French, such as ``fr_core_news_md``."""
