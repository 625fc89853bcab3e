"""How every artefact in ``models/weights`` was made, from public data named in its model card."""
