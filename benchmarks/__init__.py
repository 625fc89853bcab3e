"""Measurements of speed and coverage, each against a peer in the same run."""
