"""Rewriting: from the source's words to plainer ones, one small, named, checked step at a time.

``steps`` holds the registry and the loop; each family of steps has its own module beside it.
"""

from pipelines.rewrite.abbreviations import write_out_abbreviation
from pipelines.rewrite.person import name_researchers
from pipelines.rewrite.speech import drop_filler, drop_repetition, drop_speech_opener
from pipelines.rewrite.steps import Context, register, rewrite
from pipelines.rewrite.trim import drop_citation, drop_opener, drop_pointer, drop_statistic

__all__ = ["Context", "rewrite"]

# The steps in the order in which they are tried: what only takes away comes first, so that no
# abbreviation is written out that goes with its bracket.
register("paper", drop_citation, drop_pointer, drop_statistic, drop_opener)
register("paper", name_researchers, write_out_abbreviation)
register("exchange", drop_filler, drop_repetition, drop_speech_opener)
