"""The numbers of a text as comparable values, under the name that the steps know them by.

The reader itself is ``models.components.numerals``.
"""

from models.components.numerals import MEASURES, Quantity, number_words, quantities, spelled

__all__ = ["MEASURES", "Quantity", "number_words", "quantities", "spelled"]
