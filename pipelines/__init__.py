"""The steps from a document to a verified brief: plain functions from value to value."""

import models  # noqa: F401 - before spaCy, which loads PyTorch
