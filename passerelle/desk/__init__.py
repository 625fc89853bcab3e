"""The desk: the pages on which reviewers find drafts, read them beside their source, and decide.

``pages.desk()`` is the application, mounted at ``/desk`` in front of Prefect's by
``passerelle.guard``. Server-rendered, without a build step, in English or French by choice; every
word is in ``words.toml``. What is typed goes into the store as it is typed. Checks and decisions
are made by one warm child process (``line_checks``), so that no request waits for another's.
"""
