"""The rules of verification, one idea a module; ``pipelines.verify`` is their door.

``claim`` puts a segment beside its evidence, ``support`` reads both as words; ``anchors``,
``figures``, ``caution``, ``claimed``, ``scope``, ``direction`` and ``wording`` hold the rules.
"""
