"""How many planted names, addresses and numbers are told? Writes what ``evaluate names`` reads.

``python benchmarks/planted_names.py PART > FILE``, of seen, unseen, second, third, fourth, fifth.
Sentences of our own, in both languages, each with somebody planted in it, as meetings name people:
addressed, quoted, in the third person, in small letters, with a title or without; and with bodies,
places and laws that are to stay. Names are common combinations, of nobody. The parts share neither
sentence nor name. Each was counted before the rules were mended by what it showed.
"""

from __future__ import annotations

import json
import random
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def planted(part: str) -> Iterator[dict[str, object]]:
    """Each sentence with each of a share of the names, in a fixed order."""
    chance = random.Random(8)  # noqa: S311
    for language in ("en", "fr"):
        people = _DATA[part][language]["people"]
        for sentence in _DATA[part][language]["sentences"]:
            text, _, stay = sentence.partition("|")
            for person in chance.sample(people, _DATA[part][language].get("each", 8)):
                other = chance.choice([one for one in people if one != person])
                yield _filled(text.strip(), stay, language, person, other, chance)


def _filled(
    text: str, stay: str, language: str, person: str, other: str, chance: random.Random
) -> dict[str, object]:
    given, _, family = person.partition(" ")
    given2, _, family2 = other.partition(" ")
    number = str(chance.randint(11, 99))
    plain = {"g": _plain(given), "f": _plain(family), "n": number}
    contact = {
        key: chance.choice(_DATA["contacts"][kind]).format(**plain)
        for key, kind in (("email", "email"), ("phone", "phone"), ("address", language))
    }
    values = {
        "name": person, "given": given, "family": family, "name2": other, "given2": given2,
        "family2": family2, "lname": person.lower(), "lgiven": given.lower(),
        "lfamily": family.lower(), **contact,
    }  # fmt: skip
    private = [values[key] for key in values if f"{{{key}}}" in text]
    kept = [word for word in stay.split(",") if word]
    return {"text": text.format(**values), "language": language, "private": private, "kept": kept}


def _plain(name: str) -> str:
    table = str.maketrans("éèêëàâîïôûùçŠ", "eeeeaaiiouuCs")
    return name.lower().translate(table).replace("'", "").replace(" ", "").lower()


if __name__ == "__main__":
    for line in planted(sys.argv[1]):
        print(json.dumps(line, ensure_ascii=False))
