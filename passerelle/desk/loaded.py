"""All that checks and decisions need, loaded as this module is imported.

The process from which the desk's children are forked imports it once (``line_checks``): they share
its memory, and begin with all of it at hand. What is missing is told by whoever needs it.
"""

from __future__ import annotations

import os
from contextlib import suppress

import torch

from corpus.errors import ModelMissingError
from passerelle import decisions

#: What keeps loading from asking for all cores: threads of PyTorch's don't outlive a fork, and the
#: other core is the server's.
_THREADS = "OMP_NUM_THREADS"

_before = os.environ.get(_THREADS)
os.environ[_THREADS] = "1"
torch.set_num_threads(1)
with suppress(ModelMissingError):
    decisions.make_ready()
if _before is None:  # new drafts are made by children of the children, which use all cores
    del os.environ[_THREADS]
else:
    os.environ[_THREADS] = _before
