"""The errors a user can meet: one tree, each saying what was wrong, where, and what to do.

The command line and the flows catch ``PasserelleError`` and nothing wider around the work on one
source, so that a bad file costs one line and the rest of the batch goes on.
"""

from __future__ import annotations


class PasserelleError(Exception):
    """Base of every error that is the input's fault rather than the program's."""


class UnreadableError(PasserelleError):
    """A source exists but can't be turned into a document (damaged, encrypted, wrong kind)."""


class SourceMissingError(PasserelleError):
    """A source names nothing that is there: no such path, an empty folder, a dead address."""


class SchemaError(PasserelleError):
    """A JSON file doesn't follow the contract's schema."""


class ModelMissingError(PasserelleError):
    """A model named in the settings isn't installed, or its weights aren't the expected ones."""
