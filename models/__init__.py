"""What was learned, and how it is loaded: each model once a process, only called afterwards.

Threads of PyTorch that have nothing to do sleep rather than spin: where another program wants the
cores, spinning makes a draft take up to four times as long. Their library reads this when PyTorch
is loaded, so it stands where every way to PyTorch passes first; what the user has set stays.
"""

import os

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
