"""Words, typography and fixed text: each once, and what belongs to one language in its folder."""
