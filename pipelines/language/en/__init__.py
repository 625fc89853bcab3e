"""What belongs to English alone: its rules, beside its word lists."""
