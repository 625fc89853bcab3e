"""What comes in and what is kept: documents, the readers that make them, the store.

Ground floor of the house: imports nothing of ``models``, ``pipelines`` or ``flows``.
"""
