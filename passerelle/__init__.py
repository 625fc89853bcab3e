"""The application: what people start and press.

``cli`` is the command line; ``serve`` starts server, schedule and worker behind ``guard``;
``nights`` does one night's work, ``batches`` takes sources to the store and to files,
``decisions`` says what a reviewer may decide and what follows, ``review_runs`` shows drafts as
waiting runs in Prefect's pages. What a document says and a brief may say is left to ``pipelines``.
"""
