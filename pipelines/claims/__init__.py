"""How much a sentence claims, and how sure a reader may be of what a study found."""
