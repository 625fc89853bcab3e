"""Folders and files that other accounts of the machine can't read.

The store holds what people said and decided, and the logs name their files. In: a path. Out: the
same folder or file, made for its owner alone where it wasn't there. What is there keeps the rights
that somebody gave it, unless a file is open to everybody, as earlier releases made it.
"""

from __future__ import annotations

import os
from pathlib import Path


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, for its owner alone. Raises ``OSError``."""
    for folder in reversed((path, *path.parents)):
        if not folder.exists():
            folder.mkdir(mode=0o700, exist_ok=True)
    if not path.is_dir():
        raise NotADirectoryError(20, "Not a directory", str(path))


def opener(path: str, flags: int) -> int:
    """For ``open``: files that it makes are their owner's alone."""
    return os.open(path, flags, mode=0o600)


def make_file(path: Path) -> None:
    """Make an empty file for its owner alone where there is none. Raises ``OSError``."""
    with open(path, "ab", opener=opener):
        pass


def narrow(path: Path) -> None:
    """Take from everybody else the rights to a file of ours that earlier releases left open.

    A file that only a group may read, too, keeps its rights. Raises ``OSError``.
    """
    mode = path.stat().st_mode & 0o777
    if mode & 0o007 and path.stat().st_uid == os.geteuid():
        path.chmod(0o600)
