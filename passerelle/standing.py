"""What stands on a brief already when somebody looks at it: earlier words, and translations.

A draft is never changed once it is kept. What people made of it stands beside it: the edits that
it was approved with, and the translations that came home since. Here the two are put together,
for the form that a reviewer fills in, for the next file that goes out, and for a decision.

In: an open ``Store`` and a draft in it. Out: ``Edit``s, or the brief in their words. Who may
decide what is ``decisions``' business.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from corpus.document import LANGUAGES, Language
from corpus.store import (
    BriefEntry,
    ReviewEntry,
    Store,
    approved_brief,
    reviews_of,
    translations_of,
)
from pipelines.brief import Brief, Edit, Section, Segment, from_json
from pipelines.render import layout


def edits_of(review: ReviewEntry) -> tuple[Edit, ...]:
    """The edits that a decision came with."""
    return tuple(Edit(**values) for values in review.edits)  # type: ignore[arg-type]


def approval(entry: BriefEntry, store: Store) -> ReviewEntry | None:
    """The last approval of this very text; None where nobody has approved it."""
    made = reversed(reviews_of(store, entry.brief_id))
    same = (one for one in made if one.brief_sha256 == entry.sha256)
    return next((one for one in same if one.decision == "approve"), None)


def approved_at(entry: BriefEntry, store: Store) -> str:
    """When this very text was approved last, ISO 8601 with offset; empty where it never was."""
    last = approval(entry, store)
    return last.at if last else ""


def standing(entry: BriefEntry, store: Store) -> tuple[Edit, ...]:
    """The edits that a draft was approved with, then the translations that came home since."""
    from pipelines.review.edited import worded  # heavy, as all that parses is

    brief = from_json(entry.json, entry.brief_id)
    last = approval(entry, store)
    made = edits_of(last) if last else ()
    return (*made, *_home(worded(brief, made), last, store))


def _home(brief: Brief, last: ReviewEntry | None, store: Store) -> tuple[Edit, ...]:
    """The translations of a brief that came home after a decision on it, where they still fit."""
    rows = [one for one in translations_of(store, brief.id) if one.state == "translated"]
    if last is not None:
        decided = datetime.fromisoformat(last.at)
        rows = [one for one in rows if datetime.fromisoformat(one.at) > decided]
    if not rows:
        return ()
    from pipelines.translation.homecoming import edits

    language: Language = "fr" if rows[-1].language == "fr" else "en"
    kept = [(one.segment, one.fingerprint, one.text, one.overruled) for one in rows]
    return edits(brief, kept, language)


def standing_text(entry: BriefEntry, store: Store) -> Brief:
    """A brief as it stands: drafted or approved, in the words of all who worked on it."""
    from pipelines.review.edited import worded

    last, kept = approval(entry, store), approved_brief(store, entry.brief_id)
    if last is None or kept is None or kept.brief_sha256 != entry.sha256:
        return worded(from_json(entry.json, entry.brief_id), standing(entry, store))
    brief = from_json(kept.json, entry.brief_id)
    return worded(brief, _home(brief, last, store))


def lacking(brief: Brief) -> tuple[Segment, ...]:
    """The lines that still lack one of the languages."""
    return tuple(segment for segment in brief.segments if layout.untranslated(segment))


def completes(entry: BriefEntry, store: Store) -> int:
    """Number of the approval in one language after which every line came to be there in both.

    0 where there is none, or where somebody has decided since.
    """
    last = approval(entry, store)
    if last is None or set(last.languages) == set(LANGUAGES):
        return 0
    if reviews_of(store, entry.brief_id)[-1].number != last.number:
        return 0
    return 0 if lacking(standing_text(entry, store)) else last.number


def joined(
    brief: Brief,
    made: Sequence[Edit],
    shown: Sequence[Edit],
    before: Sequence[Edit],
    texts: Mapping[Section, Mapping[Language, str]],
) -> tuple[Edit, ...]:
    """A person's edits, and those that stood before and that they let stand.

    ``made`` are the edits that an answer's ``texts`` come to, ``shown`` those that the form's did
    before anybody typed. What stood and wasn't shown, because the form is older, still stands;
    what was shown and is gone was taken out.
    """
    sections = {segment.id: segment.section for segment in brief.segments}
    new = {(edit.segment, edit.language): edit.text for edit in made}
    seen = {(edit.segment, edit.language, edit.text) for edit in shown}

    def stands(edit: Edit) -> bool:
        place = (edit.segment, edit.language)
        if place in new:
            return new[place] == edit.text
        answered = edit.language in texts.get(sections[edit.segment], {})
        return not (answered and (*place, edit.text) in seen)

    kept = {(edit.segment, edit.language): edit for edit in before if stands(edit)}
    others = [edit for edit in made if (edit.segment, edit.language) not in kept]
    return (*others, *kept.values())
