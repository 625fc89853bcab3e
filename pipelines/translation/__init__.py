"""What translators send home: read, matched with the brief, checked across languages, taken over.

Plain functions over plain values, one module a step: ``xliff_home`` and ``tmx`` read files,
``matching`` finds each unit's line, ``homecoming`` checks it and says what becomes of it,
``recall`` offers what was agreed to before, ``machine`` what a model makes. Nobody's store and
nobody's form is known here.
"""
