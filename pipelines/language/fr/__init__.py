"""What belongs to French alone: its rules, beside its word lists."""
