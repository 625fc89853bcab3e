"""Rewriting: from the source's words to plainer ones, one small, named, checked step at a time.

``steps`` says what a step is, ``loop`` applies them; each family of steps has its own module.
"""

from pipelines.rewrite import steps
from pipelines.rewrite.abbreviations import write_out_abbreviation
from pipelines.rewrite.additions import (
    split_examples,
    split_participle,
    split_reason,
    split_relative,
)
from pipelines.rewrite.asides import drop_aside, drop_example
from pipelines.rewrite.hidden_verbs import unhide_verb
from pipelines.rewrite.loop import rewrite
from pipelines.rewrite.nouns import unpack_nouns
from pipelines.rewrite.numbers import say_number_plainly
from pipelines.rewrite.person import name_researchers
from pipelines.rewrite.plain_words import plain_word
from pipelines.rewrite.report import drop_report
from pipelines.rewrite.shorten import drop_addition
from pipelines.rewrite.speech import drop_filler, drop_repetition, drop_speech_opener
from pipelines.rewrite.split import (
    split_colon,
    split_coordination,
    split_semicolon,
    split_subordinate,
    split_that,
)
from pipelines.rewrite.steps import Context
from pipelines.rewrite.trim import drop_citation, drop_opener, drop_pointer, drop_statistic
from pipelines.rewrite.voice import passive_to_active

__all__ = ["Context", "rewrite"]

# What only takes away comes first, so that no abbreviation is written out that goes with its
# bracket.
steps.clean("paper", drop_citation, drop_pointer, drop_statistic, drop_opener)
steps.clean("paper", name_researchers, write_out_abbreviation)
steps.clean("exchange", drop_filler, drop_repetition, drop_speech_opener)

steps.plainer(plain_word, unhide_verb, say_number_plainly)
steps.plainer(passive_to_active, unpack_nouns, drop_report)
steps.split(split_semicolon, split_colon, split_coordination, split_that, split_relative)
steps.split(split_participle, split_subordinate, split_examples, split_reason)
steps.drop(drop_addition, drop_example, drop_aside)
