"""Where documents are found: files, folders and web addresses, as a user names them.

In: the words of a command line or a form. Out: ``Source`` values, each knowing how to get its
bytes, and a ``SourceFailure`` for each thing that names no document, so that nothing is passed
over in silence. Bytes are fetched only when asked for, one source at a time. What the bytes hold
is the readers' business; whether they are known already is the store's.

Addresses are fetched with care, since a form may be filled in by anybody: only http and https,
only public targets (checked after the name is resolved, and again at each redirect, and the
checked number is the one connected to), a limited size, time and number of redirects.
"""

from __future__ import annotations

import ipaddress
import os
import re
import socket
import stat
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from corpus.errors import (
    TROUBLES,
    MachineError,
    PasserelleError,
    SourceMissingError,
    UnreadableError,
)
from corpus.readers import SUFFIXES, check_size, is_set, members, most_bytes
from corpus.readers.patterns import markup
from corpus.settings_base import CorpusSettings, in_force

if TYPE_CHECKING:
    import httpx

#: Seconds to wait for an answer, and for the whole of it.
ANSWER_SECONDS = 30.0
FETCH_SECONDS = 300.0
MAX_REDIRECTS = 5
#: Seconds before a second try, four times as many before the next, and the most that a host may
#: ask for before it is left for another day.
RETRY_SECONDS = 1.0
MOST_PATIENCE = 60.0
USER_AGENT = "passerelle (document reader)"

#: One document of a set, as a place: "set.xml#2".
_MEMBER = re.compile(r"(.+)#([1-9]\d{0,5})")
#: The root elements of RSS 0.9x and 2.0, Atom (RFC 4287) and RSS 1.0.
_FEEDS = frozenset({"rss", "feed", "RDF"})


@dataclass(frozen=True, slots=True)
class Source:
    """One file or address that should hold one document."""

    label: str
    """As messages call it: the path or address as given, or found below the folder given."""
    name: str
    """File name or address, for the reader and for the brief; never a folder of one machine."""
    location: str
    """Absolute path or full address, as text that can be kept: the same place, the same source."""
    path: Path | None = None
    """The file itself; None for an address."""
    member: int = 0
    """Which of the documents of a set, from 1; 0 where the file is one document."""

    def read(self) -> bytes:
        """The source's bytes.

        Raises ``SourceMissingError`` and ``UnreadableError`` with ``label`` as the place.
        """
        if self.path is None:
            content = _fetch(self.location, self.label)
        else:
            content = _read_file(self.path, self.label)
        if _is_feed(content):
            raise UnreadableError(
                f"{self.label}: a feed (RSS or Atom), which passerelle sources add follows; or "
                "give the addresses of its documents"
            )
        if self.member:
            return _member(content, self)
        return content


@dataclass(frozen=True, slots=True)
class SourceFailure:
    """Something named as a source that gave no brief."""

    source: str
    """As the user named it."""
    reason: str
    """What was wrong and what to do, in one line, without the name."""
    waits: bool = False
    """Whether the machine's trouble is the reason, so that it is tried again."""


def failure_from(source: str, error: PasserelleError, name: str = "") -> SourceFailure:
    """The failure that an error about ``source`` (read under ``name``) tells of."""
    reason = str(error).removeprefix(f"{source}: ")
    return SourceFailure(source, reason.removeprefix(f"{name}: ") if name else reason)


def find_sources(
    arguments: Sequence[str], roots: Sequence[Path] | None = None
) -> tuple[list[Source], list[SourceFailure]]:
    """The documents that paths and addresses name, in order, folders searched and sorted.

    With ``roots``, files that lie elsewhere, behind links too, are failures, and so are links to
    folders.
    """
    sources: list[Source] = []
    failures: list[SourceFailure] = []
    for argument in arguments:
        try:
            if roots is not None and os.path.islink(argument) and os.path.isdir(argument):
                raise UnreadableError(LINKED_FOLDER)
            for found in _expand(argument):
                if isinstance(found, Source):
                    if roots is not None and found.path is not None:
                        _hold_within(roots, found.path, found.label)
                    sources.append(found)
                else:
                    failures.append(found)
        except PasserelleError as error:
            failures.append(failure_from(_printable(argument), error))
        except (OSError, ValueError) as error:  # a ring of links; a name with a null in it
            why = getattr(error, "strerror", None) or error
            reason = f"can't be opened ({why}); check the path and its permissions"
            failures.append(SourceFailure(_printable(argument), reason))
    return sources, failures


def listed(argument: str) -> list[str]:
    """Every file that an argument names, sorted, each as an argument for ``find_sources``.

    Whatever its kind, so that nothing in a folder is passed over; a web address as it is, and a
    folder that is empty or can't be opened by its own name.
    """
    if "://" in argument:
        return [argument]
    place = os.path.abspath(os.path.expanduser(argument))
    closed: list[OSError] = []
    found = [text_of(path) for path in _walk(Path(place), closed)]
    return sorted([*found, *(text_of(error.filename) for error in closed)]) or [place]


def within(argument: str, roots: Sequence[Path]) -> str:
    """The source that a form names, held to the folders that forms may name: a path resolved.

    A form may be filled in by anybody who reaches it, and must not read this machine's other
    files. A relative name is looked for in ``roots``, in their order; an address stays as it is.
    Raises ``PasserelleError`` where the path, or a file in the folder, lies elsewhere.
    """
    argument = argument.strip()
    label = _printable(argument)
    if not argument:
        raise SourceMissingError("no source is named; give a file, a folder or a web address")
    if "://" in argument:
        return argument
    try:
        path = _in_first(roots, argument)
        _hold_within(roots, path, label)
        path = path.resolve(strict=True)
        for found in _walk(path, []):
            if not found.is_dir():
                _hold_within(roots, found, _printable(str(found)))
    except FileNotFoundError as error:
        raise SourceMissingError(f"{label}: no such file or folder; check the path") from error
    except (OSError, RuntimeError, ValueError) as error:  # a ring of links, a name too long
        reason = getattr(error, "strerror", None) or error
        raise UnreadableError(f"{label}: can't be found ({reason}); check the path") from error
    return text_of(path)


def _in_first(roots: Sequence[Path], argument: str) -> Path:
    """The path that an argument names, a relative one in the first root that has it."""
    places = [root / Path(argument).expanduser() for root in roots]
    named = (path for place in places if (path := _named(str(place))).exists())
    return next(named, places[0])


def _hold_within(roots: Sequence[Path], path: Path, label: str) -> None:
    real = Path(os.path.realpath(path))
    if not any(real.is_relative_to(os.path.realpath(root)) for root in roots):
        raise PasserelleError(
            f"{label}: outside the folders that forms may name; put the file itself into "
            f"{roots[0]}, or name its folder in PASSERELLE_ROOTS"
        )


def is_address(argument: str) -> bool:
    """Whether a source is a web address rather than a path."""
    return argument.lower().startswith(("http://", "https://"))


def _expand(argument: str) -> Iterator[Source | SourceFailure]:
    label = _printable(argument)
    if is_address(argument):
        yield _from_address(label)
        return
    if "://" in argument:
        raise UnreadableError(f"{label}: only http and https addresses can be fetched")
    path = _named(argument)
    if path.is_dir():
        yield from _in_folder(path, label)
    elif path.is_file():
        yield from _documents_at(path, label)
    elif (found := _MEMBER.fullmatch(argument)) and _named(found[1]).is_file():
        yield _from_path(_named(found[1]), _printable(found[1]), int(found[2]))
    elif path.exists():
        raise UnreadableError(f"{label}: neither a file nor a folder; give a document")
    else:
        raise SourceMissingError(f"{label}: no such file or folder; check the path")


def _named(argument: str) -> Path:
    """The path that an argument names, also in the spelling of ``text_of``."""
    path = Path(os.path.expanduser(argument))
    if path.exists():
        return path
    spelled = re.sub(
        rb"\\x([89a-f][0-9a-f])",
        lambda escape: bytes.fromhex(escape[1].decode()),
        os.fsencode(path),
    )
    return Path(os.fsdecode(spelled))


def text_of(path: str | Path) -> str:
    """A path as text that can be kept: bytes that aren't UTF-8 are spelled as ``\\xe9``."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _from_path(path: Path, label: str, member: int = 0) -> Source:
    mark = f"#{member}" if member else ""
    place = text_of(os.path.realpath(path))
    name = _printable(path.name)
    return Source(f"{label}{mark}", f"{name}{mark}", f"{place}{mark}", path.absolute(), member)


def _documents_at(path: Path, label: str) -> Iterator[Source]:
    """The documents of a file: itself, or each article of a set."""
    count = 1
    with suppress(OSError, PasserelleError):  # whoever reads it will say so
        with path.open("rb") as file:
            head = file.read(4096)
        if is_set(head) and path.stat().st_size <= most_bytes():
            count = len(members(path.read_bytes(), path.name))
    if count == 1:
        yield _from_path(path, label)
    else:
        yield from (_from_path(path, label, number) for number in range(1, count + 1))


def let_go() -> None:
    """Let go of the set of articles that was read last: it may fill a good part of the memory."""
    from corpus.readers.jats_xml import articles_of

    articles_of.cache_clear()


def _member(content: bytes, source: Source) -> bytes:
    """One document of a set. Raises ``UnreadableError`` where the set has become smaller."""
    found = members(content, source.name)
    if source.member > len(found):
        raise UnreadableError(f"{source.label}: the set holds {len(found)}; give the file again")
    return found[source.member - 1][0]


#: Why a link to a folder, found inside another one, isn't followed.
LINKED_FOLDER = (
    "a link to a folder, which isn't followed; put the folder itself here, or have it followed: "
    "passerelle sources add NAME FOLDER --kind folder"
)

#: What comes from a translator, and is no document.
_TRANSLATIONS = frozenset({".xlf", ".xliff", ".mqxliff", ".sdlxliff", ".tmx"})


def _in_folder(folder: Path, label: str) -> Iterator[Source | SourceFailure]:
    closed: list[OSError] = []
    paths = sorted(_walk(folder, closed), key=lambda path: path.as_posix())
    for error in closed:
        place = _printable(str(error.filename))
        yield SourceFailure(place, f"can't be opened ({error.strerror}); check its permissions")
    if not paths and not closed:
        raise SourceMissingError(f"{label}: an empty folder; put documents into it")
    known = ", ".join(sorted(SUFFIXES))
    for path in paths:
        place = _printable(str(path))
        if path.is_dir():
            yield SourceFailure(place, LINKED_FOLDER)
        elif not path.is_file():
            yield SourceFailure(
                place, "not a regular file, or a link that leads nowhere; remove it"
            )
        elif path.suffix.lower() in SUFFIXES:
            yield from _documents_at(path, place)
        elif path.suffix.lower() in _TRANSLATIONS:
            reason = "a translation; take it in with passerelle import-translation, or its form"
            yield SourceFailure(place, reason)
        else:
            reason = f"a kind of file that can't be read; save it as one of {known}"
            yield SourceFailure(place, reason)


def _walk(folder: Path, closed: list[OSError]) -> Iterator[Path]:
    """Every file below a folder but hidden and temporary ones, and every link to a folder.

    Such links aren't followed. Folders that can't be opened are added to ``closed``.
    """
    for place, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (path for name in folders if (path := Path(place, name)).is_symlink())
        yield from (Path(place, name) for name in names if not _is_temporary(name))


def _is_temporary(name: str) -> bool:
    """Hidden files, editors' and offices' lock files, and downloads not yet finished."""
    return name.startswith((".", "~$", "#")) or name.lower().endswith(
        ("~", ".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".swp")
    )


def _printable(path: str) -> str:
    """A path as text that any output can hold: what can't be printed is shown as ``\\x1b``."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in text_of(path)
    )


def _read_file(path: Path, label: str) -> bytes:
    try:
        # Without waiting: a pipe that has taken the file's place would never end.
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise UnreadableError(f"{label}: not a regular file; give a document")
            check_size(found.st_size, label)
            return file.read()
    except FileNotFoundError as error:
        raise SourceMissingError(f"{label}: no longer there; check the path") from error
    except OSError as error:
        if error.errno in TROUBLES:
            raise MachineError(f"{label}: can't be read ({error.strerror})") from error
        raise UnreadableError(
            f"{label}: can't be opened ({error.strerror}); check its permissions"
        ) from error


def stamp_of(path: str) -> str | None:
    """What changes whenever a file's content does: its size and its times, of which no program can
    set the last; None where there is no such file."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return f"{found.st_size}/{found.st_mtime_ns}/{found.st_ctime_ns}"


def unsettled_seconds(path: str, settle: float) -> float:
    """How long until a file has been left alone for ``settle`` seconds; 0 where it has been.

    By the time of its last change of any kind, which copying programs can't set back.
    """
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return 0.0
    if stat.S_ISDIR(found.st_mode):
        return 0.0  # a link to a folder, which nobody reads
    age = time.time() - found.st_ctime
    return settle - age if -settle < age < settle else 0.0


def _is_feed(content: bytes) -> bool:
    return markup(content[:4096]).root in _FEEDS


# Addresses


def _from_address(address: str) -> Source | SourceFailure:
    try:
        parts = urlsplit(address)
    except ValueError as error:
        return SourceFailure(
            address, f"not an address ({error}); write it as https://host/document"
        )
    if "@" in parts.netloc:
        shown = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        return SourceFailure(shown, "the address holds a name or password; download the file")
    if not parts.hostname:
        return SourceFailure(address, "not an address; write it as https://host/document")
    address = parts._replace(fragment="").geturl()
    plain = parts._replace(fragment="", query="").geturl()
    name = plain if Path(parts.path).suffix.lower() in SUFFIXES else address
    return Source(address, name, address)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered."""

    content: bytes
    """Empty where nothing has changed."""
    headers: Mapping[str, str]
    """Their names in small letters."""
    unchanged: bool = False
    """Whether it answered that what was known before still holds (304)."""


def _fetch(address: str, label: str) -> bytes:
    return fetch(address, label).content


def fetch(
    address: str, label: str, headers: Mapping[str, str] | None = None, tries: int = 1
) -> Fetched:
    """What an address answers, redirects followed.

    With several ``tries``, what may pass (no answer, a body that ends too soon, 429 and 5xx) is
    waited for, as long as ``Retry-After`` asks within ``MOST_PATIENCE``. Raises ``MachineError``
    for what may pass later, ``SourceMissingError`` and ``UnreadableError`` for the rest.
    """
    for last in range(1, tries + 1):
        try:
            return _fetch_once(address, label, headers or {})
        except _NotNow as error:
            wait = error.seconds if error.seconds is not None else RETRY_SECONDS * 4 ** (last - 1)
            if last == tries or wait > MOST_PATIENCE:
                raise
            time.sleep(wait)
    raise AssertionError("tries is at least 1")


class _NotNow(MachineError):
    """An address that may answer later, and when, in seconds, where it said so."""

    def __init__(self, words: str, seconds: float | None = None) -> None:
        super().__init__(words)
        self.seconds = seconds


def _fetch_once(address: str, label: str, headers: Mapping[str, str]) -> Fetched:
    import httpx

    try:
        context = httpx.create_ssl_context()
        until = time.monotonic() + FETCH_SECONDS
        with httpx.Client(timeout=ANSWER_SECONDS, verify=context, trust_env=False) as client:
            url = httpx.URL(address)
            for _ in range(MAX_REDIRECTS + 1):
                _keep_pace(url.host)
                found, target = _get(client, url, label, until, headers)
                if target is None:
                    return found
                url = url.join(target)
    except (httpx.TransportError, OSError) as error:
        reason = str(error) or type(error).__name__
        raise _NotNow(f"{label}: can't be fetched ({reason}); try again later") from error
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        reason = str(error) or type(error).__name__
        raise SourceMissingError(
            f"{label}: can't be fetched ({reason}); check the address or download the file"
        ) from error
    raise UnreadableError(f"{label}: more than {MAX_REDIRECTS} redirects; download the file")


def _keep_pace(host: str) -> None:
    """Wait until a host may be asked again: nobody is asked more than some times a second."""
    pause = in_force(CorpusSettings).fetch_pause_seconds
    with _PACE:
        now = time.monotonic()
        at = max(now, _asked.get(host, 0.0) + pause)
        _asked[host] = at
    time.sleep(at - now)


_PACE = threading.Lock()
_asked: dict[str, float] = {}


def _get(
    client: httpx.Client, url: httpx.URL, label: str, until: float, headers: Mapping[str, str]
) -> tuple[Fetched, str | None]:
    """One request: the answer, or where a redirect leads; ``until`` is the whole fetch's end.

    Nothing compressed is asked for: a small answer could unpack to a huge one. The connection goes
    to the number that was checked, under the host's name, so that a name which resolves differently
    a moment later reaches nothing else.
    """
    number = _public_number(url, label)
    pinned = url.copy_with(host=number)
    host = url.netloc.decode("ascii")
    extensions = {"sni_hostname": url.raw_host.decode("ascii")}
    asked = {**headers, "Host": host, "User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
    with client.stream("GET", pinned, headers=asked, extensions=extensions) as response:
        told = {name.lower(): value for name, value in response.headers.items()}
        if response.status_code == 304:
            return Fetched(b"", told, unchanged=True), None
        if response.is_redirect:
            if not (target := response.headers.get("location")):
                raise SourceMissingError(
                    f"{label}: answered with a redirect that leads nowhere; download the file"
                )
            return Fetched(b"", {}), target
        status = f"{response.status_code} {response.reason_phrase}".strip()
        if response.status_code == 429 or response.status_code >= 500:
            wait = _retry_after(told.get("retry-after", ""))
            raise _NotNow(f"{label}: answered {status}; try again later", wait)
        if response.status_code != 200:
            raise SourceMissingError(
                f"{label}: answered {status}; check the address or download the file"
            )
        return Fetched(_body(response, label, until), told), None


def _retry_after(value: str) -> float | None:
    """The seconds that a ``Retry-After`` header asks for (RFC 9110): a number, or a moment."""
    if value.strip().isdecimal():
        return float(value)
    with suppress(ValueError, TypeError):
        moment = parsedate_to_datetime(value)
        return max((moment - datetime.now(moment.tzinfo or UTC)).total_seconds(), 0.0)
    return None


def _body(response: httpx.Response, label: str, until: float) -> bytes:
    content = bytearray()
    for piece in response.iter_bytes():
        content += piece
        check_size(len(content), label)
        if time.monotonic() > until:
            raise UnreadableError(
                f"{label}: took longer than {FETCH_SECONDS:.0f} seconds; download the file"
            )
    return bytes(content)


def _public_number(url: httpx.URL, label: str) -> str:
    """The IP address of a URL's host, refused where it isn't a public one."""
    if url.scheme not in ("http", "https"):
        raise UnreadableError(f"{label}: leads to {url.scheme}:, which isn't fetched")
    port = url.port or (443 if url.scheme == "https" else 80)
    found = socket.getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
    numbers = [str(entry[4][0]) for entry in found]
    if not in_force(CorpusSettings).allow_private_addresses and not all(map(_is_public, numbers)):
        raise UnreadableError(
            f"{label}: leads to {url.host}, an address of a private network; download the file, "
            "or set PASSERELLE_ALLOW_PRIVATE_ADDRESSES=true"
        )
    return min(numbers, key=lambda number: ":" in number)  # IPv4 works in more places


def _is_public(number: str) -> bool:
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is not None:
            return _is_public(str(inner))
        if address in ipaddress.ip_network("64:ff9b::/96"):  # RFC 6052: IPv4 in the last 32 bits
            return _is_public(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
    return address.is_global and not address.is_multicast
