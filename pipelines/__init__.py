"""The steps from a document to a verified brief: plain functions over plain values."""
