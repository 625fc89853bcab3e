"""A person's words about a draft: edits of its lines, and what a comment asks of the next one."""
