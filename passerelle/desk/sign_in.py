"""Who is at the desk: reviewers by name and password, their sessions, and their forms' tokens.

Where the operator lists nobody (``passerelle reviewers add``) and sets no password, the desk is
open to whoever reaches it, which the guard holds to this machine. With a password alone, one who
knows it is an operator, under the name that they give. Where reviewers are listed, each signs in
with a password of their own, and is a *reviewer*, who reaches the desk alone, or an *operator*,
who reaches Prefect's pages too.

A session is one signed cookie. It names its holder and carries a mark of their password, so that
it ends when either is taken away. A form's token is made of the cookie's own random part: another
site's page can neither read nor guess it. In: cookies and what was typed. Out: ``Visitor``.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import unicodedata
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

from itsdangerous import BadData, URLSafeTimedSerializer

from corpus import owner_only
from corpus.errors import PasserelleError
from passerelle.settings import settings

Role = Literal["reviewer", "operator"]

#: The cookie that holds a session.
COOKIE = "passerelle_desk"
#: How long a session lasts, in seconds: a week.
SESSION_SECONDS = 7 * 24 * 3600
#: The least characters of a reviewer's password.
PASSWORD_LENGTH = 10
#: Cost of scrypt, as OWASP's Password Storage Cheat Sheet has it: N = 2^16, r = 8, p = 2.
_COST = (2**16, 8, 2)
_SCRYPT_MEMORY = 256 * 2**20


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody whom the operator lists."""

    name: str
    role: Role
    password: str
    """``scrypt$N$r$p$salt$hash``, the last two in hexadecimal."""
    email: str = ""
    """Where to write about drafts that were given to them."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever a request comes from."""

    id: str
    """Random, the same for a whole session."""
    name: str = ""
    """Empty for one who hasn't said it."""
    role: Role = "operator"
    mark: str = ""
    """Of the password that they signed in with."""

    @property
    def token(self) -> str:
        """What a form of theirs must bring along."""
        return hmac.new(_key(str(settings().home)), self.id.encode(), "sha256").hexdigest()


# Who is listed


def reviewers_file() -> Path:
    """Where reviewers are listed."""
    return settings().home / "reviewers.json"


def reviewers() -> dict[str, Reviewer]:
    """Everybody who is listed, by name. Raises ``PasserelleError`` where the file is spoilt."""
    try:
        text = reviewers_file().read_text("utf-8")
    except FileNotFoundError:
        return {}
    try:
        listed = [Reviewer(**item) for item in json.loads(text)]
    except (ValueError, TypeError) as error:
        raise PasserelleError(
            f"{reviewers_file()}: not a list of reviewers ({error}); move it away, and add them "
            "again with passerelle reviewers add NAME"
        ) from error
    return {one.name: one for one in listed}


def add_reviewer(name: str, password: str, role: Role, email: str = "") -> None:
    """List somebody, in place of one of the same name. Raises ``PasserelleError``."""
    name = folded(name)
    if not name or not name.isprintable() or len(name) > 80:
        raise PasserelleError("the name must have 1 to 80 printable characters")
    if len(password) < PASSWORD_LENGTH:
        raise PasserelleError(f"the password must have at least {PASSWORD_LENGTH} characters")
    if email and ("@" not in email or not email.isprintable() or " " in email):
        raise PasserelleError(f"{email}: not an e-mail address")
    _write({**reviewers(), name: Reviewer(name, role, hashed(password), email)})


def remove_reviewer(name: str) -> None:
    """Take somebody off the list, which ends their sessions. Raises ``PasserelleError``."""
    listed = reviewers()
    if folded(name) not in listed:
        raise PasserelleError(f"{name}: not listed; passerelle reviewers shows who is")
    del listed[folded(name)]
    _write(listed)


def _write(listed: dict[str, Reviewer]) -> None:
    place = reviewers_file()
    owner_only.make_folder(place.parent)
    temporary = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    values = [asdict(one) for _, one in sorted(listed.items())]
    with open(temporary, "x", opener=owner_only.opener, encoding="utf-8") as file:
        json.dump(values, file, ensure_ascii=False, indent=1)
    temporary.replace(place)


def folded(name: str) -> str:
    """A name as it is kept: composed characters, single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def hashed(password: str) -> str:
    """A password as it may be kept."""
    salt = secrets.token_bytes(16)
    return "$".join(["scrypt", *map(str, _COST), salt.hex(), _scrypt(password, salt, *_COST)])


def _scrypt(password: str, salt: bytes, n: int, r: int, p: int) -> str:
    typed = unicodedata.normalize("NFC", password).encode()
    return hashlib.scrypt(typed, salt=salt, n=n, r=r, p=p, maxmem=_SCRYPT_MEMORY).hex()


def matches(password: str, kept: str) -> bool:
    """Whether a password is the one that was kept."""
    kind, n, r, p, salt, found = kept.split("$")
    made = _scrypt(password, bytes.fromhex(salt), int(n), int(r), int(p))
    return kind == "scrypt" and hmac.compare_digest(made, found)


# Who may come in


def is_open() -> bool:
    """Whether nobody need sign in."""
    return not reviewers() and not settings().password.get_secret_value()


def signed_in(visitor: Visitor, name: str, password: str) -> Visitor | None:
    """The visitor with the name that they may bear; None where name or password are wrong."""
    name = folded(name)
    listed = reviewers()
    if listed:
        # Someone who isn't listed takes as long as a wrong password.
        found = listed.get(name, Reviewer(name, "reviewer", _nobodys()))
        right = matches(password, found.password) and name in listed
        return _as(visitor, found) if right else None
    wanted = settings().password.get_secret_value()
    if not name or not hmac.compare_digest(password.encode(), wanted.encode()):
        return None
    return replace(visitor, id=secrets.token_hex(16), name=name, mark=_mark(wanted))


@cache
def _nobodys() -> str:
    return hashed(secrets.token_hex(16))


def _as(visitor: Visitor, found: Reviewer) -> Visitor:
    fresh = secrets.token_hex(16)  # what was known of the visitor before is worth nothing now
    return replace(visitor, id=fresh, name=found.name, role=found.role, mark=_mark(found.password))


def _mark(password: str) -> str:
    key = _key(str(settings().home))
    return hmac.new(key, b"mark " + password.encode(), "sha256").hexdigest()[:32]


def is_admitted(visitor: Visitor) -> bool:
    """Whether a visitor need not sign in (again)."""
    if is_open():
        return True
    listed = reviewers()
    if listed:
        found = listed.get(visitor.name)
        return found is not None and hmac.compare_digest(visitor.mark, _mark(found.password))
    wanted = _mark(settings().password.get_secret_value())
    return bool(visitor.name) and hmac.compare_digest(visitor.mark, wanted)


def reaches_prefect(cookie: str | None) -> bool:
    """Whether whoever sends this cookie is an operator that has signed in."""
    visitor = visitor_of(cookie)
    return not is_open() and is_admitted(visitor) and visitor.role == "operator"


# Sessions


def visitor_of(cookie: str | None) -> Visitor:
    """Whoever bears this cookie, with the role that they have now; a new one where it is none."""
    stranger = Visitor(secrets.token_hex(16))
    try:
        found = _signer().loads(cookie or "", max_age=SESSION_SECONDS)
        visitor = Visitor(str(found["id"]), str(found["name"]), mark=str(found["mark"]))
    except (BadData, KeyError, TypeError):
        return stranger
    listed = reviewers()
    if not listed:
        return visitor
    if visitor.name not in listed:
        return Visitor(visitor.id, role="reviewer")
    return replace(visitor, role=listed[visitor.name].role)


def cookie_of(visitor: Visitor) -> str:
    """The cookie that a visitor is known by."""
    return _signer().dumps({"id": visitor.id, "name": visitor.name, "mark": visitor.mark})


def is_their_token(visitor: Visitor, token: str) -> bool:
    """Whether a form came from a page that was made for this visitor."""
    return hmac.compare_digest(visitor.token.encode(), token.encode())


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(_key(str(settings().home)), salt="desk session")


@cache
def _key(home: str) -> bytes:
    """The key that this home signs with, made at first; nobody else's to read."""
    place = Path(home) / "desk.key"
    owner_only.make_folder(place.parent)
    try:
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
    kept = place.read_text().strip()
    if len(kept) < 64:
        raise PasserelleError(f"{place}: too short to sign with; delete it, and start again")
    return bytes.fromhex(kept)
