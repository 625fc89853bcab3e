"""How hard a text is to read: by common scale and formulas, sentence by sentence."""
