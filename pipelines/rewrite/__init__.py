"""Rewriting: from the source's words to plainer ones, one small, named, checked step at a time.

``steps`` says what a step is, ``loop`` applies them; each family of steps has its own module.
"""

from pipelines.rewrite.abbreviations import write_out_abbreviation
from pipelines.rewrite.loop import rewrite
from pipelines.rewrite.person import name_researchers
from pipelines.rewrite.speech import drop_filler, drop_repetition, drop_speech_opener
from pipelines.rewrite.steps import Context, clean
from pipelines.rewrite.trim import drop_citation, drop_opener, drop_pointer, drop_statistic

__all__ = ["Context", "rewrite"]

# What only takes away comes first, so that no abbreviation is written out that goes with its
# bracket.
clean("paper", drop_citation, drop_pointer, drop_statistic, drop_opener)
clean("paper", name_researchers, write_out_abbreviation)
clean("exchange", drop_filler, drop_repetition, drop_speech_opener)
