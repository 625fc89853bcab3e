"""Where a writer's answer stops being one: each bound from both sides."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from corpus.document import Language
from corpus.settings_base import read_again
from passerelle.settings import Settings, SettingsError, settings
from pipelines.rewrite.writers import (
    Request,
    WriterError,
    WriterUnavailableError,
    asked_while_it_answers,
    chat,
    write,
)
from pipelines.rewrite.writers.answers import plain_line
from pipelines.rewrite.writers.chat import Server
from pipelines.rewrite.writers.local import local_writer
from pipelines.rewrite.writers.messages import MAX_CHARACTERS, fenced, messages
from pipelines.rewrite.writers.omissions import omissions

PASSAGE = "Street trees cool the town."


def asked(text: str = PASSAGE, language: Language = "en") -> Request:
    return Request(text, (text,), language, "staff")


# Answers

LINES = [
    # one pair of marks around the whole
    ("‘Trees cool.’", "Trees cool."),
    ("'Trees cool.'", "Trees cool."),
    ('"Trees cool."', "Trees cool."),
    ("« Trees cool. »", "Trees cool."),
    ("'Trees don't cool.'", "'Trees don't cool.'"),
    ("“Trees “cool.”", "“Trees “cool.”"),
    ("“Trees” cool.”", "“Trees” cool.”"),
    ("“Trees cool.", "“Trees cool."),
    ("Trees cool.”", "Trees cool.”"),
    # markup
    ("# Trees cool.", "Trees cool."),
    ("> Trees cool.", "Trees cool."),
    ("• Trees cool.", "Trees cool."),
    ("__Trees__ cool.", "Trees cool."),
    ("The tree__map cools.", "The tree__map cools."),
    ("`Trees` cool.", "Trees cool."),
    ("[INST] Trees cool. [/INST]", "Trees cool."),
    ("Trees [AB] cool.", "Trees [AB] cool."),
    ("<Thinking>Now\nthen</thinking> Trees cool.", "Trees cool."),
    ("Trees\u200b cool.\u00a0So.", "Trees cool.\u00a0So."),
    # openings in either language
    ("Answer: Trees cool.", "Trees cool."),
    ("Réponse : Trees cool.", "Trees cool."),
    ("The answer: Trees cool.", "The answer: Trees cool."),
]


@pytest.mark.parametrize(("answer", "line"), LINES)
def test_an_answer_loses_its_wrapping_alone(answer: str, line: str) -> None:
    assert plain_line(answer, asked()) == line


def test_an_opening_of_the_passage_itself_stays() -> None:
    own = "Here is the plan: trees cool the town."
    assert plain_line(own, asked(own)) == own
    assert plain_line(own, asked()) == "trees cool the town."
    assert plain_line(f"Here is it: {own}", asked(own)) == own


@pytest.mark.parametrize(("passage", "most"), [(10, 300), (150, 300), (151, 302), (400, 800)])
def test_an_answer_is_at_most_twice_as_long_as_a_long_passage(passage: int, most: int) -> None:
    request = asked("a" * passage)
    assert plain_line("b" * most, request) == "b" * most
    with pytest.raises(WriterError, match=rf"too long \({most + 1} characters\)"):
        plain_line("b" * (most + 1), request)


@pytest.mark.parametrize("answer", ["“", "“”", "…", "\u200b"])
def test_marks_alone_are_no_answer(answer: str) -> None:
    with pytest.raises(WriterError, match="was empty"):
        plain_line(answer, asked())


# Omissions: what is missing, to the letter

MISSING: list[tuple[Language, str, str, list[str]]] = [
    ("en", "Of 12 trees 9 fell.", "Trees fell.",
     ["the number 12 was left out", "the number 9 was left out"]),
    ("en", "Of 12 trees 12 fell.", "Of 12 trees all fell.", ["the number 12 was left out"]),
    ("en", "Trees do not cool.", "Trees do cool.", ["a negation was left out (not)"]),
    ("en", "Trees cool.", "Trees do not cool.", []),
    ("en", "Some trees cool than Few.", "Trees cool.",
     ["a word of caution was left out (some)", "the limiting word “few” was left out", "the limiting word “some” was left out",
      "the limiting word “than” was left out"]),
    ("en", "SOME trees cool.", "Some trees cool.", []),
    ("en", "A “cool” tree.", "A “cold” tree.", ["the quotation “cool” was left out or changed"]),
    ("en", "A “cool” tree.", "The “cool” tree.", []),
    # the mark at the end, the capital at the beginning
    ("en", "Trees cool.", "Trees cool", ["the mark at the end was left out"]),
    ("en", "Trees cool!", "Trees cool?", []),
    ("en", "Trees cool", "Trees cool", []),
    ("en", "Trees cool", "Trees cool.", []),
    ("en", "Trees cool.", "trees cool.", ["the capital at the beginning was left out"]),
    ("en", "trees cool.", "trees cool.", []),
    ("en", "trees cool.", "Trees cool.", []),
    ("en", "Trees cool. So do lawns.", "Trees cool. so do lawns.",
     ["a sentence inside begins without a capital, or a mark stands alone"]),
    ("en", "Trees cool. so do lawns.", "Trees cool. so do lawns.", []),
    ("en", "Trees cool. So.", "Trees cool . So.",
     ["a sentence inside begins without a capital, or a mark stands alone"]),
    # more than half of the words of five letters, by their first four
    ("en", "Trees cover hills.", "Trees cool.", ["only 1 of 3 longer words of the passage were kept"]),
    ("en", "Trees cover hills.", "Trees covered it.", []),
    ("en", "Trees cover it.", "Trees cool.", ["only 1 of 2 longer words of the passage were kept"]),
    ("en", "It is cool here.", "Be so.", []),
    ("en", "It is a tree.", "It is a town.", []),
]  # fmt: skip


@pytest.mark.parametrize(("language", "source", "text", "reasons"), MISSING)
def test_each_omission_is_told_once(
    language: Language, source: str, text: str, reasons: list[str]
) -> None:
    assert omissions(source, text, language) == reasons


# Messages


def test_a_message_is_sent_up_to_its_longest() -> None:
    rest = len(fenced(Request("", (), "en", "staff")))
    longest = Request("a" * (MAX_CHARACTERS - rest), (), "en", "staff")
    assert len(messages(longest)[1]["content"]) == MAX_CHARACTERS
    assert [one["role"] for one in messages(longest)] == ["system", "user"]
    with pytest.raises(WriterError, match="24000 characters"):
        messages(Request("a" * (MAX_CHARACTERS - rest + 1), (), "en", "staff"))


def test_the_data_hold_problems_only_where_there_were_some() -> None:
    assert "problems" not in fenced(asked())
    assert fenced(asked(language="fr")).endswith(f'"text": "{PASSAGE}"}}')
    told = fenced(Request("<a> [B] < 5 [c]", (), "en", "staff", ("no <b>",)))
    assert told == (
        '{"evidence": [], "text": "\\u003ca> \\u005bB] < 5 [c]", "problems": ["no \\u003cb>"]}'
    )


# Asking


def test_a_passage_is_asked_for_twice_and_not_more() -> None:
    answers = iter(["Trees cool.", "Trees warm.", "Trees."])
    seen: list[Request] = []

    def give(request: Request) -> str:
        seen.append(request)
        return next(answers)

    written = write(asked(), give, lambda text: [f"no {text}"])
    assert (written.text, written.kept, written.error) == (PASSAGE, False, "")
    assert [one.problems for one in seen] == [
        (),
        ("no Trees cool.", "only 1 of 2 longer words of the passage were kept"),
    ]
    assert {one.text for one in seen} == {PASSAGE}


def test_what_an_answer_leaves_out_counts_whatever_the_check_says() -> None:
    written = write(asked(), lambda request: "Trees cool.", lambda text: [])
    assert (written.text, written.kept) == (PASSAGE, False)


def test_the_last_failure_of_a_writer_is_told() -> None:
    failures = iter(["first", "second"])

    def give(request: Request) -> str:
        raise WriterError(next(failures))

    assert write(asked(), give, lambda text: []).error == "second"


def test_only_a_writer_that_cannot_be_reached_is_given_up() -> None:
    errors: Iterator[WriterError] = iter([WriterError("odd"), WriterUnavailableError("gone")])
    calls: list[str] = []

    def give(request: Request) -> str:
        calls.append(request.text)
        raise next(errors)

    guarded = asked_while_it_answers(give)
    for reason in ("odd", "gone", "gone"):
        with pytest.raises(WriterError, match=reason):
            guarded(asked())
    assert len(calls) == 2


# A chat server


class Response(NamedTuple):
    pieces: list[bytes]

    def iter_bytes(self) -> Iterator[bytes]:
        return iter(self.pieces)


def read(seconds: float, *pieces: bytes) -> bytes:
    response: Any = Response(list(pieces))
    return chat._read(Server("http://h/v1", "m", seconds=seconds), response)


def test_an_answer_of_one_megabyte_is_read_and_not_more() -> None:
    assert len(read(9.0, b"a" * (1 << 19), b"b" * (1 << 19))) == 1 << 20
    with pytest.raises(WriterError, match="more than 1 MB"):
        read(9.0, b"a" * (1 << 20), b"b")


def test_an_answer_that_drips_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for times, late in (([0.0, 3.0, 6.0], False), ([0.0, 3.0, 6.1], True)):
        ticks = iter(times)
        monkeypatch.setattr(
            "pipelines.rewrite.writers.chat.time.monotonic", lambda t=ticks: next(t)
        )
        if late:
            with pytest.raises(WriterUnavailableError, match="no answer in 6 seconds"):
                read(6.0, b"a", b"b")
        else:
            assert read(6.0, b"a", b"b") == b"ab"


@pytest.mark.parametrize(
    ("status", "remedy"),
    [
        (401, "check PASSERELLE_WRITER_API_KEY"),
        (403, "check PASSERELLE_WRITER_API_KEY"),
        (404, "check the path in PASSERELLE_WRITER and PASSERELLE_WRITER_MODEL"),
        (402, "see the server's log"),
        (500, "see the server's log"),
    ],
)
def test_a_refusal_names_its_remedy(status: int, remedy: str) -> None:
    told = chat._refusal(Server("http://h/v1", "m"), status)
    assert str(told) == f"writer: http://h/v1 answered {status}; {remedy}"


def test_a_server_is_asked_at_its_address_with_a_key_or_without(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import httpx

    seen: list[tuple[str, str | None]] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append((str(request.url), request.headers.get("Authorization")))
        return httpx.Response(201 if "made" in str(request.url) else 200, content=b"ok")

    client = httpx.Client

    def local(**options: Any) -> httpx.Client:
        assert options["trust_env"] is False
        return client(transport=httpx.MockTransport(handle), timeout=options["timeout"])

    monkeypatch.setattr(httpx, "Client", local)
    assert chat._post(Server("http://h/v1", "m"), {}) == b"ok"
    assert chat._post(Server("http://h/v1/", "m", "k"), {}) == b"ok"
    assert seen == [
        ("http://h/v1/chat/completions", None),
        ("http://h/v1/chat/completions", "Bearer k"),
    ]
    with pytest.raises(WriterUnavailableError, match="answered 201"):
        chat._post(Server("http://h/made", "m"), {})


def test_the_first_choice_is_the_answer() -> None:
    told = b'{"choices": [{"message": {"content": "one"}}, {"message": {"content": "two"}}]}'
    assert chat._content(told) == "one"


def test_a_server_has_a_minute_and_two_hundred_word_pieces() -> None:
    server = Server("http://h/v1", "m")
    assert (server.key, server.seconds, server.most) == ("", 60.0, 200)


# A model on this machine


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (RuntimeError("no memory\nat line 5"), "failed (no memory)"),
        (RuntimeError("  \n"), "failed (RuntimeError)"),
        (RuntimeError(), "failed (RuntimeError)"),
    ],
)
def test_a_model_that_fails_is_told_in_one_line(
    error: Exception, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(name: str) -> None:
        raise error

    monkeypatch.setattr("models.generation.load", load)
    with pytest.raises(WriterUnavailableError) as info:
        local_writer("small", 20)(asked())
    assert str(info.value) == f"writer: model 'small' {told}"


# Settings


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"PASSERELLE_{name.upper()}", raising=False)
    read_again()
    yield
    read_again()


@pytest.mark.parametrize(
    ("name", "value", "right"),
    [
        ("WRITER", "local:small", True),
        ("WRITER", "chat:http://host/v1", True),
        ("WRITER", "chat:https://host:8080/v1", True),
        ("WRITER", "chat:https://host/v1#top", False),
        ("WRITER", "chat:https://host/v1?key=a", False),
        ("WRITER", "chat:https:///v1", False),
        ("WRITER", "chat", False),
        ("WRITER", "other:place", False),
        ("WRITER_TIMEOUT", "0.5", True),
        ("WRITER_TIMEOUT", "0", False),
        ("WRITER_MAX_TOKENS", "1", True),
        ("WRITER_MAX_TOKENS", "0", False),
    ],
)
def test_a_setting_is_taken_or_refused(
    name: str, value: str, right: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PASSERELLE_WRITER_MODEL", "m")
    monkeypatch.setenv(f"PASSERELLE_{name}", value)
    read_again()
    if right:
        assert str(getattr(settings(), name.lower())) == value
    else:
        with pytest.raises(SettingsError, match=name):
            settings()


def test_a_writer_is_off_and_has_its_bounds_unless_told_otherwise() -> None:
    chosen = Settings()
    assert (chosen.writer, chosen.writer_model, chosen.writer_timeout) == ("", "", 60.0)
    assert chosen.writer_max_tokens == 200


def test_a_model_on_this_machine_needs_no_name_of_a_served_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PASSERELLE_WRITER", "local:small")
    read_again()
    assert settings().writer == "local:small"
