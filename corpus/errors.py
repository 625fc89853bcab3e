"""The errors a user can meet: one tree, each saying what was wrong, where, and what to do.

The command line and the flows catch ``PasserelleError`` and nothing wider around the work on one
source, so that a bad file costs one line and the rest of the batch goes on.
"""

from __future__ import annotations

import errno

#: Errors of the operating system that are the machine's, whatever it was asked.
TROUBLES = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EROFS}
)


class PasserelleError(Exception):
    """Base of every error that is the input's fault rather than the program's."""


class UnreadableError(PasserelleError):
    """A source exists but can't be turned into a document (damaged, encrypted, wrong kind)."""


class SourceMissingError(PasserelleError):
    """A source names nothing that is there: no such path, an empty folder, a dead address."""


class SchemaError(PasserelleError):
    """A JSON file doesn't follow the contract's schema."""


class MachineError(PasserelleError):
    """The machine's trouble, which may pass: held against no document, and tried again."""

    seconds: float | None = None
    """Not before so many, where somebody said so."""


class ModelMissingError(MachineError):
    """A model named in the settings isn't installed, or its weights aren't the expected ones."""


class CutShortError(MachineError):
    """Work on a document was ended from outside: by the machine or, time after time, by itself."""


class StoreDamagedError(MachineError):
    """The file of the store's database is damaged."""
