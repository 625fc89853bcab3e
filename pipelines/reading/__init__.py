"""A document understood once: what each sentence does, who speaks, what is said of the whole.

``understand`` makes the ``Annotation`` that every later room looks at.
"""
