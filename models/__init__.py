"""What was learned, and how it is loaded: language pipelines and the sentence encoder."""
