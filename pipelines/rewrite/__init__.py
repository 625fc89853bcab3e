"""Rewriting: from the source's words to plainer ones, one small, named, checked step at a time.

``steps`` says what a step is and which there are, ``loop`` applies them, ``lines`` makes the lines
of a brief; each family of steps has its own module. ``writers`` are optional models. What is
right is left to a check that the caller brings.
"""
