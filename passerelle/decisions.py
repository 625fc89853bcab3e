"""The review of drafts without Prefect: what waits, what a person is asked, what they decided.

Plain functions over the store, for every door that a decision comes through: the command line, the
review runs, the desk. An answer names what its person had before them (``Shown``): the text, and
the last decision on the brief that they knew of. Of two answers that know of the same, one holds;
the other is told who decided what and when (``DecidedAlreadyError``), and nothing of it is kept. A
settled brief is decided on again only by whoever names the decision that settled it.

A decision is in the store before anything follows from it; what follows (the files of an approved
brief, the notice in place of those taken back, the redraft of one sent back) is made good by
``finish`` if the program is killed in between. A second try of the same decision is the same one.

In: an open ``Store``, and a person's ``Answer``. Out: ``Question`` (what a form is filled with)
and ``Outcome``. How edits are understood and checked is ``pipelines.review``'s business, what a
comment asks for ``pipelines.instructions``', how it is shown ``review_runs``' and ``cli``'s.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from corpus.document import LANGUAGES, Document, Language, Passage, assemble, other
from corpus.errors import PasserelleError
from corpus.store import (
    SETTLED,
    SETTLING,
    BriefEntry,
    Decision,
    OutdatedError,
    OvertakenError,
    ReviewEntry,
    Store,
    approved_brief,
    briefs_of,
    briefs_waiting,
    check_review,
    find_brief,
    find_document,
    find_document_entry,
    keep_review,
    reviews_of,
    sent_back,
    taken_back,
    unpublished,
    versions_of,
)
from passerelle import batches
from passerelle.late_notices import notices_about
from passerelle.settings import settings
from passerelle.standing import completes, edits_of, joined, lacking, standing
from pipelines.brief import (
    Brief,
    BriefDocument,
    Edit,
    Evidence,
    ReadabilityPair,
    Section,
    Segment,
    Target,
    from_json,
    to_json,
)
from pipelines.language.lexicon import table
from pipelines.language.reasons import told
from pipelines.render.layout import label
from pipelines.render.markdown import escape
from pipelines.render.notice import Notice

if TYPE_CHECKING:
    from pipelines.review.comments import Asked, NotFollowed
    from pipelines.review.edited import Refused

Texts = Mapping[Section, Mapping[Language, str]]

#: Held while models are at work here: they promise nothing about being used by two at once.
_MODELS = threading.RLock()


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that a person is told: a text of ``review.toml`` and what fills it in."""

    name: str
    values: tuple[tuple[str, str], ...] = ()

    def words(self, language: Language) -> str:
        """As plain text."""
        return self._text(language).format(**self._filled(language)).replace("*", "")

    def markdown(self, language: Language) -> str:
        """As Markdown; what is filled in can do nothing in it."""
        filled = self._filled(language)
        return self._text(language).format(**{key: escape(text) for key, text in filled.items()})

    def _filled(self, language: Language) -> dict[str, str]:
        """What fills it in; what is named by a key or told in English, in the language."""
        made = table("review")["made"]
        shown: dict[str, Callable[[str], str]] = {
            "reason": lambda text: "; ".join(told(one, language) for one in text.split("\n")),
            "why": lambda text: told(text, language, "came"),
            "decision": lambda text: str(made[text][language]),
        }
        return {key: shown.get(key, str)(text) for key, text in self.values}

    def _text(self, language: Language) -> str:
        return str(table("review")["note"][self.name][language])


@dataclass(frozen=True, slots=True)
class Shown:
    """What a person has before them when they decide; their answer holds for this alone."""

    text: str
    """``BriefEntry.sha256`` of the draft."""
    after: int
    """Number of the last decision on the brief (``ReviewEntry.number``); 0 where there is none."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a form is filled with."""

    texts: Texts
    """The lines that a person may edit, by section and language."""
    shown: Shown
    """What the form shows: goes into the answer as it is, however long the form stays open."""
    notes: tuple[Note, ...] = ()
    """What they must know first."""
    refused: tuple[Refused, ...] = ()
    """The edits that a check has refused, which may be overruled."""
    before: Answer | None = None
    """What the person sent in the last time: all of it but the decision is theirs to keep."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person sent in."""

    decision: Decision
    reviewer: str
    at: str
    """When it was sent in, ISO 8601 with offset: the same answer read again is the same."""
    shown: Shown
    """``Question.shown`` of the question that the person had before them."""
    comment: str = ""
    languages: tuple[Language, ...] = ()
    """In which an approval is to hold."""
    texts: Texts = field(default_factory=dict)
    """As ``Question.texts``; a section that isn't there is unchanged."""
    overrule: str = ""
    """Why the words of ``Question.refused`` may stand."""
    edits: tuple[Edit, ...] | None = None
    """What was changed, line by line, each with its own reason to stand; in place of ``texts``."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an answer."""

    result: Literal["approved", "rejected", "sent_back", "asked_again", "unpublished"]
    note: Note
    question: Question | None = None
    """What is asked again."""
    approved: Brief | None = None
    """The text that was approved."""
    written: tuple[str, ...] = ()
    """Its files; where it was taken back, those that say so in their place."""
    left: tuple[str, ...] = ()
    """Files of a published brief that a person has edited: theirs to remove."""
    redraft: BriefEntry | None = None
    """The new draft of one that was sent back."""


class NotTakenError(PasserelleError):
    """An answer that can't be taken any more: nothing of it is recorded."""

    def __init__(self, note: Note) -> None:
        """What its person is told, in either language."""
        super().__init__(note.words("en"))
        self.note = note


class DecidedAlreadyError(NotTakenError):
    """An answer that comes second: another decision was made first, and holds."""

    def __init__(self, note: Note, review: ReviewEntry) -> None:
        """What its person is told, and the decision that holds."""
        super().__init__(note)
        self.review = review


def say(name: str, **values: object) -> Note:
    """The note ``name`` with its {places} filled in."""
    return Note(name, tuple((key, str(value)) for key, value in values.items()))


# What waits


def waiting(store: Store) -> list[BriefEntry]:
    """Every draft that nobody has settled, oldest first."""
    return briefs_waiting(store)


def find_draft(store: Store, brief_id: str, edition: str | None = None) -> BriefEntry:
    """One draft by its id: of ``edition``, or the newest.

    Raises ``PasserelleError`` where there is none.
    """
    entry = find_brief(store, brief_id, edition)
    if entry is None:
        raise PasserelleError(
            f"{brief_id}: no such draft in the store; passerelle review lists those that wait"
        )
    return entry


def read(entry: BriefEntry, store: Store) -> tuple[Brief, dict[str, Document]]:
    """A draft and the documents that it rests on, as they were read when it was made.

    Raises ``PasserelleError`` where a document is no longer in the store.
    """
    brief = from_json(entry.json, entry.brief_id)
    documents: dict[str, Document] = {}
    for named in brief.documents:
        found = find_document(store, named.id, entry.edition) or find_document(store, named.id)
        if found is None:
            raise PasserelleError(
                f"{named.source}: no longer in the store; draft it again before reviewing it"
            )
        documents[named.id] = found
    return brief, documents


def first_question(entry: BriefEntry, store: Store, after: int | None = None) -> Question:
    """What is asked of a new draft; after a redraft also what became of the comment and edits.

    ``after`` is the number of the last decision that its person knows of; unless given, they are
    taken to know of all that sent it back, and of none that settled it, but for an approval in one
    language that translations have completed since. So an answer on a settled brief is refused,
    until somebody who was told of the decision names it.
    """
    from pipelines.review.comments import instructions  # heavy, as all that parses is
    from pipelines.review.edited import carried, edited, section_texts, worded

    brief = from_json(entry.json, entry.brief_id)
    there = standing(entry, store)
    if after is None:
        after = completes(entry, store) or last_known(entry, store)
    shown = Shown(entry.sha256, after)
    before = _sent_back_last(entry, store)
    versions = (
        *_late_notices(entry, store),
        *_settled_before(entry, store),
        *_versions(entry, store),
    )
    if before is None:
        return Question(section_texts(worded(brief, there)), shown, versions)
    review, seen = before
    _, documents = read(entry, store)
    document = next(iter(documents.values()))
    asked = instructions(review.comment, seen, document)
    notes = [*versions, say("redrafted", comment=review.comment)]
    notes += _answered(asked, brief, document)
    notes += _differences(seen, brief)
    made = edits_of(review)
    kept = carried(made, seen, brief)
    lost = {edit.text for edit in made if edit.text} - {edit.text for edit in kept}
    if lost:
        notes.append(say("edits_dropped", texts=" · ".join(sorted(lost))))
    texts = section_texts(edited(brief, (*kept, *there), documents))
    return Question(texts, shown, tuple(notes))


def last_known(entry: BriefEntry, store: Store) -> int:
    """Number of the last decision on a brief, of those before this very text was settled; or 0."""
    known = 0
    for review in reviews_of(store, entry.brief_id):
        if review.decision in SETTLING and review.brief_sha256 == entry.sha256:
            break
        known = review.number
    return known


def _settled_before(entry: BriefEntry, store: Store) -> tuple[Note, ...]:
    """What was decided on an earlier text of a draft, where that settled it."""
    made = reviews_of(store, entry.brief_id)
    found = [one for one in made if one.decision in SETTLING and one.brief_sha256 != entry.sha256]
    return tuple(
        say(f"before_{one.decision}", reviewer=one.reviewer, when=when(one.at))
        for one in found[-1:]
    )


def _late_notices(entry: BriefEntry, store: Store) -> tuple[Note, ...]:
    """What notices about a draft's article say that have come in since it was read."""
    return tuple(
        say(f"{'version' if one.in_version else 'late'}_{one.kind}", source=one.source)
        for one in notices_about(entry.document_id, store)
    )


def _versions(entry: BriefEntry, store: Store) -> tuple[Note, ...]:
    """What a reviewer must know of other versions of a draft's document."""
    notes: list[Note] = []
    for link in versions_of(store, entry.document_id):
        is_newer = link.newer == entry.document_id
        other = find_document_entry(store, link.older if is_newer else link.newer)
        if other is None:
            continue
        settled = [brief for brief in briefs_of(store, other.id) if brief.status in SETTLED]
        name = "newer_version" if is_newer else "older_version"
        notes.append(say(name, source=other.source, why=link.reason))
        notes += [
            say("other_settled", brief=brief.brief_id, status=brief.status)
            for brief in settled[-1:]
        ]
    return tuple(notes)


def is_redraft(entry: BriefEntry, store: Store) -> bool:
    """Whether a draft was made after an earlier one was sent back."""
    return _sent_back_last(entry, store) is not None


def _answered(asked: Asked, brief: Brief, document: Document) -> Iterator[Note]:
    """Of each part of a comment whether it is done, or why not."""
    from pipelines.review.comments import unmet

    for part in asked.followed:
        missing = unmet(part.instructions, brief, document)
        yield from map(_not_followed, missing)
        if not missing:
            yield say("done", what=part.words)
    yield from map(_not_followed, asked.not_followed)


#: Most characters of a line in a note of what is new.
_SHOWN = 160


def _differences(before: Brief, after: Brief) -> Iterator[Note]:
    """In what a draft that was made again differs from the last one."""
    from pipelines.review.drafts_compared import compared

    found = compared(before, after)
    for line in found.gone:
        yield say("line_gone", mark=line.id, text=_cut(line.text))
    for line in found.new:
        yield say("line_new", mark=line.id, text=_cut(line.text))
    for old, line in found.changed:
        yield say("line_changed", mark=line.id, old=_cut(old.text), text=_cut(line.text))
    if not (found.gone or found.new or found.changed):
        yield say("no_line_changed")


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0] + " …"


def _not_followed(item: NotFollowed) -> Note:
    return say("not_followed", what=item.words, why_en=item.why("en"), why_fr=item.why("fr"))


def _sent_back_last(entry: BriefEntry, store: Store) -> tuple[ReviewEntry, Brief] | None:
    """The decision that this draft was made after, and the text that it was made on."""
    for review in reversed(reviews_of(store, entry.brief_id)):
        if review.decision != "revise" or review.brief_sha256 == entry.sha256:
            continue
        seen = find_brief(store, review.brief_id, review.edition)
        return None if seen is None else (review, from_json(seen.json, seen.brief_id))
    return None


def make_ready() -> None:
    """Load what checks of a person's words and the files of an approval need.

    So the first answer needn't wait for it.

    Raises ``ModelMissingError`` where a model is missing.
    """
    from pipelines.render import BINARY_FORMATS, FORMATS, render_bytes
    from pipelines.review.edited import edited, refused

    for code, words, typed in _TRIALS:
        text, blocks, anchors = assemble([Passage(words, "paragraph")])
        document = Document(
            "trial", "paper", code, None, (), {}, None, "-", "", text, blocks, anchors
        )
        named = BriefDocument("trial", "paper", code, None, "-", "")
        quote = Evidence("trial", 0, len(text), text)
        line = Segment("s1", "findings", words, code, Target(other(code)), evidence=(quote,))
        brief = Brief("trial", code, "staff", (named,), (line,), ReadabilityPair())
        with _MODELS:
            refused(brief, [Edit("s1", code, typed)], {"trial": document})
            edited(brief, [Edit("s1", code, typed)], {"trial": document})
        for form in (*FORMATS, *BINARY_FORMATS):
            render_bytes(brief, form)


#: A sentence in each language, and other words for it.
_TRIALS: tuple[tuple[Language, str, str], ...] = (
    ("en", "Shade made streets 2 degrees cooler.", "Streets in the shade were 2 degrees cooler."),
    ("fr", "L’ombre a rafraîchi les rues de 2 degrés.", "Les rues à l’ombre avaient 2 degrés."),
)

# A decision


def decide(entry: BriefEntry, question: Question, answer: Answer, store: Store) -> Outcome:
    """Take a person's answer to a question: record it and do what follows, or ask again.

    ``answer.shown`` decides, not ``question.shown``: pass on what the form was made with. Raises
    ``DecidedAlreadyError`` where somebody decided meanwhile, ``NotTakenError`` where the draft has
    been made anew since; both have their words in ``note``, and then nothing was recorded. Raises
    ``PasserelleError`` where the draft or its document is gone.
    """
    with _MODELS:
        done = _taken(entry, question, answer, store)
    return done if isinstance(done, Outcome) else _after_sending_back(entry, answer, done, store)


def _taken(
    entry: BriefEntry, question: Question, answer: Answer, store: Store
) -> Outcome | ReviewEntry:
    """What came of an answer; of one that sends the draft back, the decision as it is kept."""
    from pipelines.review.edited import edits_from

    brief, documents = read(entry, store)
    edits, problems = edits_from(brief, answer.texts)
    before, _ = edits_from(brief, question.texts)
    edits = joined(brief, edits, before, standing(entry, store), answer.texts)
    if answer.edits is not None:
        edits, problems = answer.edits, ()
    review = _review(entry, answer, edits)
    _check(review, store)
    if answer.decision == "reject" and answer.reviewer.strip():
        return _reject(review, store)
    notes = [] if answer.reviewer.strip() else [say("no_name")]
    notes += [
        say("problem", place=_place(problem.section, problem.language), reason=problem.reason)
        for problem in problems
    ]
    if answer.decision == "approve":
        edits = _overruled(edits, answer.overrule, question.refused)
        return _approve(entry, brief, documents, answer, edits, notes, store)
    if notes:
        return _ask_again(answer, notes, brief)
    return _keep(review, store)


def _check(review: ReviewEntry, store: Store) -> None:
    """Say at once, before any check of words, that a decision comes second."""
    with _told(store):
        check_review(store, review)


def _keep(review: ReviewEntry, store: Store, approved: str | None = None) -> ReviewEntry:
    with _told(store):
        return keep_review(store, review, approved)


@contextmanager
def _told(store: Store) -> Iterator[None]:
    """Turn what the store says of a decision that isn't taken into what its person is told."""
    try:
        yield
    except OvertakenError as error:
        raise DecidedAlreadyError(what_was_decided(error.review, store), error.review) from error
    except OutdatedError as error:
        raise NotTakenError(say("changed_since")) from error


def what_was_decided(review: ReviewEntry, store: Store) -> Note:
    """Who decided what, when, what stands, and how to decide all the same."""
    name = f"already_{review.decision}"
    if review.decision == "reject" and is_published(review.brief_id, store):
        name = "already_reject_stands"
    return say(
        name,
        brief=review.brief_id,
        reviewer=review.reviewer,
        when=when(review.at),
        number=review.number,
        folder=settings().published,
    )


def history(brief_id: str, store: Store) -> list[Note]:
    """Every decision on a brief, oldest first: its number, who, what, when and why."""
    return [_of_history(review) for review in reviews_of(store, brief_id)]


def _of_history(review: ReviewEntry) -> Note:
    return say(
        "decided_why" if review.comment else "decided",
        number=review.number,
        reviewer=review.reviewer,
        decision=review.decision,
        when=when(review.at),
        comment=review.comment,
    )


def when(at: str) -> str:
    """A moment (ISO 8601 with offset) as both languages write it, in the settings' time zone."""
    moment = datetime.fromisoformat(at).astimezone(ZoneInfo(settings().timezone))
    return f"{moment:%Y-%m-%d %H:%M}"


def is_published(brief_id: str, store: Store) -> bool:
    """Whether a brief's files stand: it was approved, and nobody has taken it back since."""
    return _published([review.decision for review in reviews_of(store, brief_id)])


def _published(decisions: Iterable[Decision]) -> bool:
    last = [made for made in decisions if made in ("approve", "unpublish")][-1:]
    return last == ["approve"]


def _reject(review: ReviewEntry, store: Store) -> Outcome:
    _keep(review, store)
    stands = is_published(review.brief_id, store)
    name = "rejected_stands" if stands else "rejected"
    values = {"folder": settings().published, "brief": review.brief_id} if stands else {}
    return Outcome("rejected", say(name, reviewer=review.reviewer, **values))


def _overruled(edits: Sequence[Edit], why: str, shown: Sequence[Refused]) -> tuple[Edit, ...]:
    """The edits, with the reason on those that a person has seen refused and left as they were.

    Of one that no check could decide, sending the same words again is the confirmation.
    """
    seen = {(item.segment, item.language, item.text) for item in shown}
    refused = {(item.segment, item.language) for item in shown if not item.unsure}

    def answered(edit: Edit) -> Edit:
        if (edit.segment, edit.language, edit.text) not in seen:
            return edit
        if why.strip():
            return replace(edit, overruled=why.strip())
        return replace(edit, confirmed=(edit.segment, edit.language) not in refused)

    return tuple(map(answered, edits))


def _approve(
    entry: BriefEntry,
    brief: Brief,
    documents: Mapping[str, Document],
    answer: Answer,
    edits: tuple[Edit, ...],
    notes: list[Note],
    store: Store,
) -> Outcome:
    from pipelines.review.edited import approved, edited, refused

    as_written = [replace(edit, overruled="", confirmed=False) for edit in edits]
    against = refused(brief, as_written, documents)
    open_ = refused(brief, edits, documents)
    notes = [*notes, *_objections(_first_things(open_, brief), brief)]
    both = set(answer.languages) == set(LANGUAGES)
    if both and (left := lacking(edited(brief, edits, documents))):
        notes.append(say("untranslated", count=len(left), marks=", ".join(s.id for s in left)))
    if notes:
        return _ask_again(answer, notes, brief, against)
    final = approved(brief, edits, answer.languages, documents, answer.reviewer.strip())
    if both:
        final = replace(final, status="published")
    kept = _keep(_review(entry, answer, edits), store, to_json(final))
    last = reviews_of(store, entry.brief_id)[-1]
    if last.number != kept.number:  # an answer that is read again, and was overruled since
        raise DecidedAlreadyError(what_was_decided(last, store), last)
    written = publish(entry.brief_id, store)
    note = say("approved", reviewer=answer.reviewer, folder=str(settings().published))
    return Outcome("approved", note, approved=final, written=tuple(written))


def _first_things(items: Sequence[Refused], brief: Brief) -> list[Refused]:
    """What to tell of: a line's translation only where its own words may stand."""
    own = {segment.id: segment.language for segment in brief.segments}
    wrong = {item.segment for item in items if item.language == own[item.segment]}
    return [
        item for item in items if item.language == own[item.segment] or item.segment not in wrong
    ]


def _review(entry: BriefEntry, answer: Answer, edits: Iterable[Edit]) -> ReviewEntry:
    return ReviewEntry(
        entry.brief_id,
        entry.edition,
        answer.shown.text,
        answer.decision,
        answer.reviewer.strip(),
        [asdict(edit) for edit in edits],
        answer.comment.strip(),
        answer.at,
        [code for code in LANGUAGES if code in answer.languages],
        answer.shown.after,
    )


def _ask_again(
    answer: Answer, notes: Sequence[Note], brief: Brief, against: tuple[Refused, ...] = ()
) -> Outcome:
    """Show what the person wrote once more, with what is wrong about it."""
    from pipelines.review.edited import section_texts

    texts = {**section_texts(brief), **answer.texts}
    name = "asked_again" if answer.decision == "approve" else f"asked_again_{answer.decision}"
    question = Question(texts, answer.shown, (say(name), *notes), against, answer)
    return Outcome("asked_again", question.notes[0], question)


def _objections(items: Sequence[Refused], brief: Brief) -> Iterator[Note]:
    """What is wrong with each text, once, with all that is: refused where any of it is."""
    section_of = {segment.id: segment.section for segment in brief.segments}
    by_text: dict[tuple[str, Language, str], list[Refused]] = {}
    for item in items:
        by_text.setdefault((item.segment, item.language, item.text), []).append(item)
    for (segment, language, text), against in by_text.items():
        yield say(
            "unsure" if all(item.unsure for item in against) else "refused",
            place=_place(section_of[segment], language, segment),
            text=text,
            reason="\n".join(item.reason for item in against),
        )


def _place(section: Section, language: Language, segment: str = "") -> str:
    """A form's field, as it is called there, and the mark of a line in it."""
    mark = f" [{segment}]" if segment else ""
    return f"{label('section', section, language)} ({language.upper()}){mark}"


# What follows


def publish(brief_id: str, store: Store) -> list[str]:
    """Write the files of the brief that was approved last; their paths."""
    kept = approved_brief(store, brief_id)
    if kept is None:
        raise PasserelleError(f"{brief_id}: nobody has approved it yet; review it first")
    written = [str(path) for path in batches.publish(kept, store, settings().published).written]
    if not is_published(brief_id, store):  # taken back while the files were being written
        _take_back(brief_id, store)
    return written


def unpublish(brief_id: str, reviewer: str, comment: str, at: str, store: Store) -> Outcome:
    """Take back what was published of a brief: a notice that says so stands in the files' place.

    The approved text stays in the store, and the brief is settled: it doesn't come into the queue
    again. ``at`` is ISO 8601 with offset. Raises ``DecidedAlreadyError`` where somebody took it
    back before, or decided in the same moment, ``NotTakenError`` where nothing of it is published,
    and ``PasserelleError`` where there is no such brief, or a file can't be written.
    """
    find_draft(store, brief_id)
    made = reviews_of(store, brief_id)
    kept = approved_brief(store, brief_id)
    if not reviewer.strip():
        raise NotTakenError(say("no_name"))
    if kept is None:
        raise NotTakenError(say("never_published", brief=brief_id))
    again = made[-1].decision == "unpublish" and (made[-1].reviewer, made[-1].at) == (reviewer, at)
    if not again and not _published(review.decision for review in made):
        back = next(review for review in reversed(made) if review.decision == "unpublish")
        raise DecidedAlreadyError(what_was_decided(back, store), back)
    review = ReviewEntry(
        brief_id,
        kept.edition,
        kept.brief_sha256,
        "unpublish",
        reviewer.strip(),
        [],
        comment.strip(),
        at,
        after=made[-1].after if again else made[-1].number,
    )
    _keep(review, store)
    done = _take_back(brief_id, store)
    note = say("unpublished", reviewer=reviewer.strip(), folder=settings().published)
    left = tuple(str(path) for path in done.left)
    return Outcome("unpublished", note, written=tuple(map(str, done.written)), left=left)


def _take_back(brief_id: str, store: Store) -> batches.TakenBack:
    """Put the notice in the place of a brief's published files."""
    last = next(r for r in reversed(reviews_of(store, brief_id)) if r.decision == "unpublish")
    notice = Notice(last.reviewer, when(last.at), last.comment)
    return batches.take_back(brief_id, notice, store, settings().published)


def _after_sending_back(
    entry: BriefEntry, answer: Answer, kept: ReviewEntry, store: Store
) -> Outcome:
    from pipelines.review.comments import instructions

    made = redraft(entry.brief_id, store)
    if made is not None and made.sha256 != entry.sha256:
        note = say("sent_back", reviewer=answer.reviewer)
        return Outcome("sent_back", note, redraft=made)
    brief, documents = read(entry, store)
    with _MODELS:
        asked = instructions(answer.comment, brief, next(iter(documents.values())))
    notes = [say("same_draft"), *_answered(asked, brief, next(iter(documents.values())))]
    answer = replace(answer, shown=replace(answer.shown, after=kept.number))
    return _ask_again(answer, notes, brief)


def redraft(brief_id: str, store: Store) -> BriefEntry | None:
    """The draft that all comments so far ask for, made where it isn't yet.

    None where nothing in them could be followed. It is made in a child process, as every draft.
    """
    from pipelines.review.comments import instructions
    from pipelines.selecting.instructions import Instructions, merged

    wanted, last = Instructions(), None
    for review in reviews_of(store, brief_id):
        seen = find_brief(store, brief_id, review.edition)
        if review.decision != "revise" or seen is None:
            continue
        brief, documents = read(seen, store)
        with _MODELS:
            asked = instructions(review.comment, brief, next(iter(documents.values())))
        wanted = merged(wanted, asked.instructions)
        last = seen
    if last is None or wanted == Instructions():
        return None
    return batches.redraft(last, wanted, store, settings().outbox)


def finish(store: Store) -> list[PasserelleError]:
    """Make good what a crash left undone: approved briefs without files, redrafts not made,
    files that were taken back and still stand.

    One that can't be finished doesn't keep the others; what went wrong is returned.
    """
    failures: list[PasserelleError] = []
    for wanted, work in ((unpublished(store), publish), (taken_back(store), _take_back)):
        for brief_id in wanted:
            try:
                work(brief_id, store)
            except PasserelleError as error:
                failures.append(error)
    still = {entry.brief_id for entry in briefs_waiting(store)}
    for brief_id in sent_back(store):
        if brief_id in still:
            try:
                redraft(brief_id, store)
            except PasserelleError as error:
                failures.append(error)
    return failures
