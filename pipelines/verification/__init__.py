"""The rules of verification, one idea a module; ``pipelines.verify`` is their door.

``pair`` puts a segment beside its evidence, ``support`` aligns the words of both; ``anchors``,
``figures``, ``caution``, ``claimed``, ``scope``, ``direction``, ``new_words`` (with ``order`` and
``doers``) and, of a translation, ``parity`` hold the rules.
"""
