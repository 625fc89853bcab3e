"""The rules of verification, one idea a module; ``pipelines.verify`` is their door.

``pair`` puts a segment beside its evidence, ``support`` aligns the words of both; ``anchors``,
``figures``, ``caution``, ``claimed``, ``scope``, ``direction`` and ``wording`` hold the rules.
"""
