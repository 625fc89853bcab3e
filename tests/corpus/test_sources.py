import os
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from corpus import sources as sources_module
from corpus.errors import PasserelleError, SourceMissingError, UnreadableError
from corpus.settings_base import read_again
from corpus.sources import LINKED_FOLDER, Source, find_sources, listed, within

FEED = b"""<?xml version="1.0"?>
<!-- new papers -->
<rss version="2.0"><channel><title>New papers</title></channel></rss>"""
ATOM = b'<feed xmlns="http://www.w3.org/2005/Atom"><title>New papers</title></feed>'

Limit = Callable[[str, int], None]


def labels(found: list[Source]) -> list[str]:
    return [source.label for source in found]


# Files and folders


def test_a_file_is_one_source_called_as_the_user_called_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.txt").write_text("Shade cools.")
    [source], failures = find_sources(["notes.txt"])
    assert failures == []
    assert (source.label, source.name) == ("notes.txt", "notes.txt")
    assert source.location == str((tmp_path / "notes.txt").resolve())
    assert source.read() == b"Shade cools."


def test_a_folder_gives_its_documents_sorted_and_without_what_is_hidden_or_half_there(
    tmp_path: Path,
) -> None:
    for name in (
        "b.xml",
        "a.PDF",
        "later/c.vtt",
        ".hidden.md",
        ".git/d.md",
        "~$a.txt",
        "e.pdf.part",
        "f.md~",
        "g.tmp",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found, failures = find_sources([str(tmp_path)])
    assert [source.name for source in found] == ["a.PDF", "b.xml", "c.vtt"]
    assert failures == []


def test_in_a_folder_each_file_of_unknown_kind_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    (tmp_path / "sheet.xlsx").write_bytes(b"PK")
    found, failures = find_sources([str(tmp_path)])
    assert len(found) == 1
    assert [Path(failure.source).name for failure in failures] == ["photo.jpg", "sheet.xlsx"]
    assert all("save it as one of" in failure.reason for failure in failures)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: None, "no such file or folder; check the path"),
        (lambda path: path.mkdir(), "an empty folder; put documents into it"),
        (lambda path: os.mkfifo(path), "neither a file nor a folder; give a document"),
    ],
)
def test_what_names_no_document_is_a_failure_with_what_to_do(
    tmp_path: Path, make: Callable[[Path], None], reason: str
) -> None:
    place = tmp_path / "place"
    make(place)
    found, [failure] = find_sources([str(place)])
    assert found == []
    assert (failure.source, failure.reason) == (str(place), reason)


def test_one_wrong_argument_leaves_the_others_in_their_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text("x")
    given = [str(tmp_path / name) for name in ("b.txt", "missing.txt", "a.txt")]
    found, failures = find_sources([*given, "ftp://example.org/a.pdf"])
    assert labels(found) == [given[0], given[2]]
    assert [failure.source for failure in failures] == [given[1], "ftp://example.org/a.pdf"]
    assert "only http and https" in failures[1].reason


def test_a_file_that_goes_away_before_it_is_read_is_missing_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")
    [source], _ = find_sources([str(path)])
    path.unlink()
    with pytest.raises(SourceMissingError, match="no longer there"):
        source.read()


def test_a_name_that_is_not_utf8_can_still_be_printed(tmp_path: Path) -> None:
    path = os.path.join(os.fsencode(tmp_path), b"r\xe9sum\xe9.txt")
    try:
        with open(path, "wb") as file:
            file.write(b"Bonjour.")
    except OSError:
        pytest.skip("this file system refuses names that are not UTF-8")
    [source], _ = find_sources([str(tmp_path)])
    assert source.name.encode("utf-8") == rb"r\xe9sum\xe9.txt"
    assert source.location.encode("utf-8").endswith(rb"r\xe9sum\xe9.txt")
    assert source.read() == b"Bonjour."
    assert find_sources([source.location])[0][0].read() == b"Bonjour."


def test_a_name_can_not_play_tricks_on_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a\n\x1b[2Jb.txt").write_text("Shade cools.")
    [source], _ = find_sources([str(tmp_path)])
    assert source.name == r"a\n\x1b[2Jb.txt"
    assert source.read() == b"Shade cools."


def test_everything_in_a_folder_is_listed_whatever_its_kind(tmp_path: Path) -> None:
    for name in ("b.xml", "photo.jpg", "later/c\u202f1.vtt", ".hidden.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "empty").mkdir()
    names = ["b.xml", "later/c\u202f1.vtt", "photo.jpg"]
    assert listed(str(tmp_path)) == [str(tmp_path / name) for name in names]
    assert len(find_sources(listed(str(tmp_path)))[0]) == 3
    for alone in ("b.xml", "missing.xml", "empty"):
        assert listed(str(tmp_path / alone)) == [str(tmp_path / alone)]
    assert listed("https://example.org/a.pdf") == ["https://example.org/a.pdf"]


@pytest.mark.parametrize("argument", ["x" * 5000, "http://[half", "https://", "~nobody-here/a.txt"])
def test_a_name_that_can_not_be_is_a_failure_and_no_crash(argument: str) -> None:
    found, failures = find_sources([argument])
    assert found == []
    assert [failure.source for failure in failures] == [argument]


@pytest.mark.parametrize("content", [FEED, ATOM, b"\xef\xbb\xbf" + FEED])
def test_a_feed_is_refused_as_not_supported_yet(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "papers.xml"
    path.write_bytes(content)
    [source], _ = find_sources([str(path)])
    with pytest.raises(UnreadableError, match="which passerelle sources add follows"):
        source.read()


def test_an_article_about_feeds_is_no_feed(tmp_path: Path) -> None:
    path = tmp_path / "article.xml"
    path.write_text("<?xml version='1.0'?><article><p>The &lt;rss> element, <rss/></p></article>")
    [source], _ = find_sources([str(path)])
    assert source.read().startswith(b"<?xml")


# Addresses


class Answers(BaseHTTPRequestHandler):
    """A small web site: documents, redirects, an error."""

    def do_GET(self) -> None:
        redirects = {
            "/moved": "/paper.txt",
            "/loop": "/loop",
            "/away": "http://127.0.0.1:1/paper.txt",
            "/file": "file:///etc/passwd",
            "/astray": "",
        }
        if self.path in redirects:
            self.send_response(302)
            if redirects[self.path]:
                self.send_header("Location", redirects[self.path])
            self.end_headers()
            return
        self.send_response(200 if self.path.startswith("/paper") else 404)
        self.end_headers()
        times = 60_000 if self.path == "/paper-of-1.4-MB.txt" else 1
        self.wfile.write(b"Shade cools the street." * times)

    def log_message(self, format: str, *values: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def private_allowed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PASSERELLE_ALLOW_PRIVATE_ADDRESSES", "true")
    read_again()
    yield
    read_again()


@pytest.fixture
def private_refused(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("PASSERELLE_ALLOW_PRIVATE_ADDRESSES", raising=False)
    read_again()
    yield
    read_again()


def fetch(address: str) -> bytes:
    [source], failures = find_sources([address])
    assert failures == []
    return source.read()


@pytest.mark.usefixtures("private_allowed")
def test_an_address_is_fetched_and_its_redirects_followed(site: str) -> None:
    assert fetch(f"{site}/paper.txt") == b"Shade cools the street."
    assert fetch(f"{site}/moved") == b"Shade cools the street."


def test_an_address_keeps_its_query_unless_the_path_says_the_format() -> None:
    found, _ = find_sources(
        ["https://example.org/file?id=7&type=manuscript#top", "HTTPS://example.org/a.md?raw=1"]
    )
    assert [source.name for source in found] == [
        "https://example.org/file?id=7&type=manuscript",
        "https://example.org/a.md",
    ]


@pytest.mark.usefixtures("private_allowed")
@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/nothing", "answered 404"),
        ("/loop", "more than 5 redirects"),
        ("/file", "leads to file:"),
        ("/astray", "a redirect that leads nowhere"),
        ("/away", "can't be fetched"),
    ],
)
def test_a_dead_address_is_one_line(site: str, path: str, reason: str) -> None:
    with pytest.raises(PasserelleError, match=reason) as info:
        fetch(f"{site}{path}")
    assert str(info.value).startswith(f"{site}{path}: ")
    assert "\n" not in str(info.value)


@pytest.mark.usefixtures("private_allowed")
def test_a_body_over_the_limit_is_refused(site: str, limit: Limit) -> None:
    limit("max_source_mb", 1)
    with pytest.raises(UnreadableError, match="larger than 1 MB; split it, or set PASSERELLE_MAX"):
        fetch(f"{site}/paper-of-1.4-MB.txt")


@pytest.mark.usefixtures("private_refused")
@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.1.2.3",
        "192.168.1.10",
        "169.254.169.254",
        "0.0.0.0",  # noqa: S104
        "[::1]",
        "[fe80::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::a01:203]",
        "2130706433",
        "224.0.0.1",
    ],
)
def test_a_private_target_is_refused(host: str) -> None:
    with pytest.raises(UnreadableError, match="an address of a private network"):
        fetch(f"http://{host}/paper.txt")


@pytest.mark.usefixtures("private_refused")
def test_a_redirect_to_a_private_target_is_refused(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The site itself counts as public here; what it redirects to is judged as ever.
    port = site.rpartition(":")[2]
    monkeypatch.setattr(
        sources_module,
        "_public_number",
        lambda url, label, judge=sources_module._public_number: (
            "127.0.0.1" if str(url.port) == port else judge(url, label)
        ),
    )
    assert fetch(f"{site}/moved") == b"Shade cools the street."
    with pytest.raises(UnreadableError, match=r"leads to 127\.0\.0\.1"):
        fetch(f"{site}/away")


def test_an_address_with_a_password_is_refused_without_showing_it() -> None:
    found, [failure] = find_sources(["https://analyst:s3cret@example.org/a.pdf"])
    assert found == []
    assert failure.source == "https://example.org/a.pdf"
    assert "password" in failure.reason


# What a form may name


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder that forms may name, with a paper in it, beside a file that they mayn't."""
    (tmp_path / "secret.txt").write_text("Not for a form.")
    folder = tmp_path / "inbox"
    (folder / "june").mkdir(parents=True)
    (folder / "june" / "shade.md").write_text("Shade cools.")
    return folder


@pytest.mark.parametrize("name", ["june/shade.md", "{inbox}/june/../june/shade.md", " june "])
def test_a_form_may_name_what_lies_in_its_folders(inbox: Path, name: str) -> None:
    allowed = within(name.format(inbox=inbox), [inbox])
    [source], _ = find_sources([allowed])
    assert source.read() == b"Shade cools."


@pytest.mark.parametrize(
    "name",
    [
        "../secret.txt",
        "june/../../secret.txt",
        "{inbox}/../secret.txt",
        "{inbox}-other/paper.md",
        "..",
        "/",
        "/etc/passwd",
        "~",
        "~/.ssh/id_rsa",
        "/no/such/file",
    ],
)
def test_a_form_may_name_nothing_elsewhere_whether_it_is_there_or_not(
    inbox: Path, name: str
) -> None:
    named = name.format(inbox=inbox)
    with pytest.raises(PasserelleError) as info:
        within(named, [inbox])
    assert str(info.value) == (
        f"{named}: outside the folders that forms may name; put the file itself into {inbox}, or "
        "name its folder in PASSERELLE_ROOTS"
    )


def test_a_link_that_leads_out_is_refused_by_its_name_and_in_its_folder(inbox: Path) -> None:
    (inbox / "june" / "link.txt").symlink_to(inbox.parent / "secret.txt")
    (inbox / "all").symlink_to(inbox.parent)
    for name in ("june/link.txt", "june", "all", "all/secret.txt"):
        with pytest.raises(PasserelleError, match="outside the folders"):
            within(name, [inbox])


def test_a_link_to_a_folder_is_accounted_for_and_not_followed(inbox: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "paper.md").write_text("Shade cools.")
    (inbox / "linked").symlink_to(elsewhere)
    found, failures = find_sources([str(inbox)])
    assert "paper.md" not in [source.name for source in found]
    [told] = [one.reason for one in failures if one.source.endswith("linked")]
    assert told == LINKED_FOLDER
    assert str(inbox / "linked") in listed(str(inbox))
    assert find_sources([str(inbox / "linked")], [inbox, elsewhere])[1][0].reason == LINKED_FOLDER
    [named], _ = find_sources([str(inbox / "linked")])
    assert named.name == "paper.md", "on the command line, where somebody names it"
    assert within("june", [inbox]), "and keeps no form from the rest"


def test_a_link_within_the_folders_is_followed(inbox: Path) -> None:
    (inbox / "latest").symlink_to(inbox / "june")
    assert within("latest", [inbox]) == str((inbox / "june").resolve())


@pytest.mark.parametrize(
    "name", ["july.md", "ring", "a\0b", "~nobody-of-this-name/x", "x" * 5000, ""]
)
def test_a_name_that_leads_nowhere_is_one_line(inbox: Path, name: str) -> None:
    (inbox / "ring").symlink_to(inbox / "ring")
    with pytest.raises(PasserelleError) as info:
        within(name, [inbox])
    assert "\n" not in str(info.value)


def test_a_name_is_looked_for_in_each_folder_in_their_order(inbox: Path, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    (archive / "june").mkdir(parents=True)
    (archive / "june" / "shade.md").write_text("Older.")
    (archive / "may.md").write_text("May.")
    assert within("june/shade.md", [inbox, archive]).startswith(str(inbox.resolve()))
    assert within("may.md", [inbox, archive]) == str((archive / "may.md").resolve())


@pytest.mark.parametrize("address", ["https://example.org/a.pdf", "file:///etc/passwd"])
def test_an_address_is_left_to_whoever_fetches_it(inbox: Path, address: str) -> None:
    assert within(address, [inbox]) == address


# -- sets of articles --------------------------------------------------------------------------

ARTICLE = (
    "<article><front><article-meta><title-group><article-title>Doors {n}</article-title>"
    "</title-group></article-meta></front><body><p>The doors of the town were counted.</p></body>"
    "</article>"
)


def test_each_article_of_a_set_is_a_source_of_its_own(tmp_path: Path) -> None:
    place = tmp_path / "set.xml"
    articles = "".join(ARTICLE.format(n=number) for number in (1, 2))
    place.write_text(f"<pmc-articleset>{articles}</pmc-articleset>")
    sources, failures = find_sources([str(tmp_path)])
    assert not failures
    assert [source.name for source in sources] == ["set.xml#1", "set.xml#2"]
    assert [b"Doors 2" in source.read() for source in sources] == [False, True]
    again, _ = find_sources([sources[1].location])
    assert [(source.location, source.read()) for source in again] == [
        (sources[1].location, sources[1].read())
    ]
