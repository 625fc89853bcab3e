"""Splitting: a long sentence in two, each complete, in the order of the source.

In: the parse of a text. Out: changes, each of which ends a sentence and begins another at a
semicolon, a coordination, a relative clause, a participle or a subordinate clause. Nothing is
split where an opening, a negation, a condition or a pair of words holds for both halves, nor
where the second half can't say what it is about. Method: the splits of Siddharthan (2006),
Syntactic Simplification and Text Cohesion, those that need no words made up. Word lists:
``split.toml``. Whether the result is faithful is judged by verification.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Span, Token

from corpus.document import Language
from pipelines.language.lexicon import entries
from pipelines.language.splices import Change, Splice, end_of
from pipelines.rewrite.clauses import (
    auxiliaries,
    clause_children,
    complete,
    conditional,
    cue,
    finite,
    fronted,
    in_brackets,
    last,
    leaning,
    negated,
    subject,
    tied,
    words,
)
from pipelines.rewrite.halves import alone, before, cut, outside, parts, standing
from pipelines.rewrite.steps import Context, capitalized
from pipelines.rewrite.subjects import again

#: Conjunctions that join what could be two sentences.
_JOINTS = frozenset(["and", "but", "so", "et", "mais"])
#: Longest "think", "have found", in words, that is said again before a second "that".
LONGEST_FRAME = 3
#: Relations of a clause that belongs to a noun before it.
_BOUND = ("acl", "acl:relcl", "appos")
#: What no second sentence may begin with: it may hold for both halves, or be only half of a pair.
_NO_OPENING = frozenset(["that", "no", "not", "que", "non", "pas"])
#: Adverbs between a subject and its verb that don't hold for what is joined to the verb.
_LOOSE = frozenset(["also", "then", "first", "aussi", "ensuite", "d’abord"])


def split_semicolon(parsed: Doc, context: Context) -> Iterable[Change]:
    """End a sentence at a semicolon between two complete clauses."""
    for sentence in parsed.sents:
        marks = [token for token in sentence if token.text == ";"]
        if len(marks) == 1:
            yield from _at_semicolon(marks[0], sentence, context.language)


def split_whole(parsed: Doc, context: Context) -> Iterable[Change]:
    """End a sentence between halves that are whole sentences when each is read alone.

    At a semicolon, ", and" or ", hence": long sentences are parsed less surely than their halves.
    """
    language = context.language
    for sentence in parsed.sents:
        marks = [token for token in sentence if token.text == ";"]
        if len(marks) == 1:
            yield from _between_sentences(marks[0], sentence, language)
        for word in sentence:
            comma = before(word)
            if comma.text == ",":
                yield from _at_bare_connector(comma, word, sentence, language)
            if not tied(sentence, language):
                yield from _between_clauses(word, sentence, language)


def _between_sentences(mark: Token, sentence: Span, language: Language) -> Iterator[Change]:
    """At a semicolon before what is a whole sentence when it is read alone."""
    left = parts(sentence, sentence.start, mark.i)
    right = parts(sentence, mark.i + 1, sentence.end)
    if left is None or right is None or ":" in sentence.text or tied(sentence, language):
        return
    if conditional(left[:1], language) or not any(finite(word) for word in left):
        return
    joined = _joining(right[0], sentence, language)
    told = parts(sentence, right.start + 2, right.end) if joined else right
    if told is not None and alone(told) is not None and told[0].pos_ != "CCONJ":
        yield _at_connector(mark, language) if joined else cut(mark, right[0], "")


def _at_semicolon(mark: Token, sentence: Span, language: Language) -> Iterator[Change]:
    left = parts(sentence, sentence.start, mark.i)
    right = parts(sentence, mark.i + 1, sentence.end)
    if right is None or left is None:
        return
    heads = outside(right)
    if len(heads) != 1 or not complete(heads[0]) or not standing(left):
        return
    if conditional(sentence.doc[left.start : left.start + 1], language) or ":" in left.text:
        return
    marked = any(child.dep_ == "mark" for child in heads[0].children)
    if marked or heads[0].dep_ in _BOUND:
        return
    first = right[0]
    if _joining(first, sentence, language):
        yield _at_connector(mark, language)
        return
    if first.dep_ == "cc":
        opening = _opening(first, language)
        own = subject(heads[0])
        begins = own is not None and own.left_edge.i == first.i + 1
        if opening is not None and begins:
            yield cut(mark, sentence.doc[first.i + 1], opening)
        return
    yield cut(mark, first, "")


def split_connector(parsed: Doc, context: Context) -> Iterable[Change]:
    """End a sentence at a comma before "however," or "thus," between two complete clauses."""
    for sentence in parsed.sents:
        for word in sentence:
            comma = before(word)
            if comma.text != "," or not _joining(word, sentence, context.language):
                continue
            left = parts(sentence, sentence.start, comma.i)
            right = parts(sentence, word.i, sentence.end)
            if left is None or right is None or not standing(left):
                continue
            heads = outside(right)
            own = subject(heads[0]) if len(heads) == 1 and complete(heads[0]) else None
            if own is None or own.left_edge.i != word.i + 2 or heads[0].dep_ in _BOUND:
                continue
            if not conditional(left[:1], context.language):
                yield _at_connector(comma, context.language)


def _at_bare_connector(
    comma: Token, word: Token, sentence: Span, language: Language
) -> Iterator[Change]:
    """ "A, hence B" between what are whole sentences when each is read alone."""
    opening = entries("split", language)["joining"].get(word.lower_)
    if not opening or word.i + 2 >= sentence.end or word.nbor(1).text == ",":
        return
    left = parts(sentence, sentence.start, comma.i)
    right = parts(sentence, word.i + 1, sentence.end)
    if left is None or right is None:
        return
    one, two = alone(left), alone(right)
    if one is None or two is None or fronted(one, language) or not _free(one, one.sent):
        return
    own = subject(two)
    if own is not None and own.left_edge.i == 0 and not _reaches_back(two, two, language):
        yield cut(comma, word.nbor(1), str(opening))


def _joining(word: Token, sentence: Span, language: Language) -> bool:
    """Whether a word and the comma behind it only join a clause: "however,"."""
    told = word.lower_ in entries("split", language)["joining"]
    return told and word.i + 2 < sentence.end and word.nbor(1).text == ","


def _at_connector(mark: Token, language: Language) -> Change:
    """ "A; however, B" and "A, however, B" to "A. But B"."""
    opening = entries("split", language)["joining"][mark.nbor(1).lower_]
    return cut(mark, mark.nbor(3), str(opening))


def split_colon(parsed: Doc, context: Context) -> Iterable[Change]:
    """End a sentence at a colon between two complete clauses."""
    for sentence in parsed.sents:
        marks = [token for token in sentence if token.text in (":", ";")]
        if len(marks) == 1 and marks[0].text == ":":
            yield from _at_colon(marks[0], sentence, context.language)


def _at_colon(mark: Token, sentence: Span, language: Language) -> Iterator[Change]:
    """Only where the second clause begins with its subject: no list, title or quotation."""
    left = parts(sentence, sentence.start, mark.i)
    right = parts(sentence, mark.i + 1, sentence.end)
    if left is None or right is None or not standing(left) or fronted(sentence.root, language):
        return
    verb = next((token for token in right if complete(token)), None)
    own = subject(verb) if verb is not None else None
    if own is None or own.left_edge.i != right.start or right[0].is_punct:
        return
    if cue(language, "speech").search(left.text):
        return
    yield cut(mark, right[0], "")


def split_that(parsed: Doc, context: Context) -> Iterable[Change]:
    """ "We think that A, and that B" becomes "We think that A. We think that B."."""
    for sentence in parsed.sents:
        for mark in sentence:
            joint = before(mark)
            if mark.lower_ in ("that", "que") and joint.lower_ in ("and", "et"):
                yield from _at_that(joint, mark, sentence, context.language)


def _at_that(joint: Token, mark: Token, sentence: Span, language: Language) -> Iterator[Change]:
    """Only where the first clause is the sentence's own, and nothing stands before it."""
    root, own = sentence.root, subject(sentence.root)
    first = next((child for child in root.rights if child.dep_ == "ccomp"), None)
    if own is None or first is None or negated(root) or fronted(root, language):
        return
    if own.left_edge.i != sentence.start or tied(sentence, language) or not complete(root):
        return
    left = parts(sentence, sentence.start, joint.i)
    right = parts(sentence, mark.i, sentence.end)
    that = next((one for one in first.lefts if one.dep_ == "mark"), None)
    if left is None or right is None or that is None or that.lower_ != mark.lower_:
        return
    said, told = sentence.doc[own.right_edge.i + 1 : that.i], again(own, language)
    begun = that.i in (root.i + 1, root.i + 2) and len(said) <= LONGEST_FRAME
    if told is None or not begun or not _second(mark, first, right):
        return
    start = joint.nbor(-1) if joint.nbor(-1).text == "," else joint
    yield cut(start, mark, f"{told} {said.text} ", space=start is joint)


def _second(mark: Token, first: Token, right: Span) -> bool:
    """Whether a clause is joined to the first, and ends the sentence."""
    heads = outside(right)
    joined = len(heads) == 1 and heads[0].head in (first, first.head)
    if not joined or heads[0].dep_ not in ("conj", "ccomp"):
        return False
    return subject(heads[0]) is not None and mark.nbor(1).pos_ not in ("AUX", "VERB")


def split_coordination(parsed: Doc, context: Context) -> Iterable[Change]:
    """End a sentence before "and", "but" or "so" that joins a second clause or predicate."""
    for sentence in parsed.sents:
        if tied(sentence, context.language):
            continue
        for joint in sentence:
            second = joint.head
            joins = joint.lower_ in _JOINTS and joint.dep_ in ("cc", "mark", "advmod")
            if joins and joint.i < second.i and second.dep_ in ("conj", "advcl", "parataxis"):
                opening = _opening(joint, context.language)
                if opening is not None:
                    yield from _at_joint(joint, second, opening, context.language)


def _between_clauses(joint: Token, sentence: Span, language: Language) -> Iterator[Change]:
    """At ", and" between what are whole sentences when each is read alone.

    Without the comma only before a pronoun, which can't be the end of a list.
    """
    if joint.lower_ not in _JOINTS or joint.i + 1 >= sentence.end or in_brackets(joint):
        return
    comma, first = before(joint), joint.nbor(1)
    known = first.lower_ in words(language, "pronouns") or first.tag_ == "EX"
    if comma.text != "," and (joint.lower_ == "so" or not (known or _begins_plainly(joint))):
        return
    start = comma if comma.text == "," else joint
    left, right = parts(sentence, sentence.start, start.i), parts(sentence, first.i, sentence.end)
    opening = _opening(joint, language)
    if left is None or right is None or opening is None or ": " in left.text or ";" in left.text:
        return
    one, two = alone(left), alone(right)
    if one is None or two is None or fronted(one, language) or not _free(one, one.sent):
        return
    if first.lower_ in _NO_OPENING - {"no"} or (not known and _open_list(one)):
        return
    if start is joint and _of_place(left, language):
        return
    own = subject(two)
    begins = own is not None and own.left_edge.i == 0
    if begins and not _reaches_back(two, two, language, "scopes"):
        yield cut(start, first, opening, space=start is joint)


def _of_place(left: Span, language: Language) -> bool:
    """Whether the last clause before a joint says where or when: what is joined is there, too.

    "England, where rates vary and there are more rules": the rules are England's.
    """
    commas = [token.i for token in left if token.text == ","]
    opening = left.doc[commas[-1] + 1] if commas and commas[-1] + 1 < left.end else None
    return opening is not None and opening.lower_ in words(language, "of_place")


def _begins_plainly(joint: Token) -> bool:
    """Whether "and the…", "and 12…" may begin a clause: no word before it opens one of its own.

    "They asked whether costs and the time were right": there it joins two nouns.
    """
    clause = joint.doc[joint.sent.start : joint.i]
    opened = any(
        token.dep_ == "mark" or {"Rel", "Int"} & set(token.morph.get("PronType", []))
        for token in clause
    )
    return joint.nbor(1).pos_ in ("DET", "NUM") and not opened


def _at_joint(joint: Token, second: Token, opening: str, language: Language) -> Iterator[Change]:
    first, sentence = second.head, joint.sent
    left = parts(sentence, sentence.start, joint.i)
    right = parts(sentence, joint.i + 1, sentence.end)
    if first != sentence.root or left is None or right is None or outside(right) != [second]:
        return
    if not standing(left) or fronted(first, language) or not _free(first, left):
        return
    following = joint.doc[joint.i + 1].lower_
    if following in _NO_OPENING or _series(first, left):
        return
    if complete(second):
        comma = joint.doc[joint.i - 1]
        own = second.doc[joint.i + 1].i == subject(second).left_edge.i  # type: ignore[union-attr]
        if comma.text == "," and own and not _reaches_back(second, first, language):
            yield cut(comma, joint.doc[joint.i + 1], opening)
    elif second.dep_ == "conj" and joint.lower_ in ("and", "but", "et", "mais"):
        yield from _predicate(joint, first, second, opening, language)


def _open_list(verb: Token) -> bool:
    """Whether a comma behind a verb may be a list's: "They felt pain, fatigue, and stress fell"."""
    return any(token.text == "," for token in verb.doc[verb.i : verb.sent.end])


def _series(first: Token, left: Span) -> bool:
    """Whether the first half already lists predicates without a conjunction: "A, B, and C"."""
    listed = [child for child in first.children if child.dep_ == "conj" and child.i < left.end]
    between = left.doc[first.i : left.end - 1]
    if any(token.text == "," and token.nbor(1).pos_ in ("VERB", "AUX") for token in between):
        return True
    return bool(listed) and not any(
        child.dep_ == "cc"
        for verb in (first, *listed)
        for child in verb.children
        if child.i < left.end
    )


def _predicate(
    joint: Token, first: Token, second: Token, opening: str, language: Language
) -> Iterator[Change]:
    """A predicate that shares its subject: the subject is said again."""
    own = subject(first)
    helpers = _repeated(first, second)
    if own is None or subject(second) is not None or helpers is None or negated(first):
        return
    if _adverbs(first, own) or _reaches_back(second, first, language):
        return
    begins = joint.doc[joint.i + 1]
    direct = begins.i == second.i or begins.dep_ in ("advmod", "aux", "aux:pass", "aux:tense")
    told = again(own, language)
    if told is None or not (direct or begins.dep_ in ("cop", "expl:pv", "obj", "iobj", "expl")):
        return
    if begins.lower_ in ("not", "so", "then", "puis", "even", "même", "ainsi", "donc"):
        return
    if not _agreeing(told, helpers, first, second):
        return
    told = told if not opening else opening + _inner(told, own)
    start = joint.doc[joint.i - 1] if joint.doc[joint.i - 1].text == "," else joint
    if start is not joint and any(token.text == "," for token in joint.doc[first.i : start.i]):
        return
    yield cut(start, begins, " ".join([told, *helpers]) + " ", space=start is joint)


def _agreeing(told: str, helpers: list[str], first: Token, second: Token) -> bool:
    """Whether "It" and "They" suit the number of the verbs beside them."""
    singular = {"It": True, "Il": True, "Elle": True, "They": False, "Ils": False, "Elles": False}
    if told not in singular:
        return True
    for verb in (first, second):
        said = (auxiliaries(verb) or [verb])[0]
        number = said.morph.get("Number", [""])[0] if finite(verb) else ""
        told_apart = said.tag_ != "VBD" or said.lower_ in ("was", "were")
        if told_apart and number and (number == "Sing") != singular[told]:
            return False
        if said.lower_ in ("are", "were", "have", "do") and singular[told]:
            return False
    return True


def _inner(told: str, own: Token) -> str:
    """A subject behind an opening, without a capital unless it is a name's."""
    if own.left_edge.pos_ == "PROPN" or told.startswith("I "):
        return told
    return told if told == "I" else told[:1].lower() + told[1:]


def _repeated(first: Token, second: Token) -> list[str] | None:
    """Auxiliaries that a second predicate shares with the first; None where it is in doubt."""
    mine, shared = auxiliaries(second), auxiliaries(first)
    if mine:
        return [] if finite(second) else None
    if second.pos_ not in ("VERB", "AUX"):
        return None
    active = second.tag_ in ("VBZ", "VBD") and any(c.dep_ == "ccomp" for c in second.rights)
    if finite(second) and (not shared or (active and first.pos_ not in ("VERB", "AUX"))):
        return [] if _tense(first) == _tense(second) or second.tag_ in ("VBZ", "VBD") else None
    alike = (
        first.pos_ == second.pos_ == "VERB"
        and _form(first) == _form(second)
        and not any(one.dep_ == "cop" for one in shared)
    )
    return [one.text for one in shared] if shared and alike else None


def _form(verb: Token) -> tuple[str, ...]:
    kind = verb.morph.get("VerbForm", [""])[0]
    if "Fin" in kind:
        return (kind, verb.tag_)
    return (kind, *verb.morph.get("Tense", []), *verb.morph.get("Gender", []))


def _tense(verb: Token) -> str:
    return str(verb.morph.get("Tense", [""])[0])


def _adverbs(verb: Token, own: Token) -> bool:
    """Whether a word between subject and verb, or before them, may hold for both predicates."""
    return any(
        child.dep_ in ("advmod", "obl", "advcl", "obl:mod") and child.lower_ not in _LOOSE
        for child in verb.lefts
        if child.i > own.i
    )


def _reaches_back(
    second: Token, first: Token, language: Language, clauses: str = "conditions"
) -> bool:
    """Whether what ends the second half may hold for the first half too.

    ``clauses`` names the words by which a clause does; a reason or a comparison behind a second
    half with a subject of its own takes nothing from the first.
    """
    doc, end = second.doc, second.sent.end
    if conditional(doc[second.i : end], language, clauses):
        return True
    extra = [
        child
        for child in second.rights
        if child.dep_ in ("obl", "obl:mod", "advcl", "obl:tmod", "nmod")
    ]
    after_comma = any(child.left_edge.nbor(-1).text == "," for child in extra)
    anchored = any(child.dep_ in ("obl", "obl:mod", "advcl", "obl:tmod") for child in first.rights)
    framing = [child for child in extra if _frames(child, language)]
    return after_comma or (bool(framing) and not anchored and subject(second) is None)


def _frames(child: Token, language: Language) -> bool:
    """Whether an adjunct says when, where or in whom."""
    return child.left_edge.lower_ in words(language, "frames")


def split_subordinate(parsed: Doc, context: Context) -> Iterable[Change]:
    """A contrast said by a subordinate clause as two sentences, the second with "But"."""
    for sentence in parsed.sents:
        if tied(sentence, context.language):
            continue
        for mark in sentence:
            if _opens(mark, sentence):
                yield from _concession(mark, sentence)
            elif mark.lower_ in ("whereas", "while", "although", "though", "alors", "tandis"):
                yield from _contrast(mark, sentence, context.language)


def _opens(mark: Token, sentence: Span) -> bool:
    """Whether "although" or "even though" opens a sentence."""
    even = mark.i == sentence.start + 1 and mark.nbor(-1).lower_ == "even"
    return mark.lower_ in ("although", "though") and (mark.i == sentence.start or even)


def _contrast(mark: Token, sentence: Span, language: Language) -> Iterator[Change]:
    """ ", whereas B" at the end."""
    comma, length = before(mark), 2 if language == "fr" else 1
    left = parts(sentence, sentence.start, comma.i)
    right = parts(sentence, mark.i, sentence.end)
    if comma.text != "," or left is None or right is None:
        return
    if language == "fr" and right[1].lower_ not in ("que", "qu’", "qu'"):
        return
    heads = [head for head in outside(right) if head.i >= mark.i + length]
    if len(heads) != 1 or not complete(heads[0]):
        return
    if heads[0].head != sentence.root and mark.lower_ not in ("although", "though"):
        return
    begins = mark.doc[mark.i + length]
    own = subject(heads[0])
    if own is None or begins.i != own.left_edge.i or fronted(sentence.root, language):
        return
    if standing(left) and not conditional(right[length:], language):
        yield cut(comma, begins, entries("split", language)["openings"][mark.lower_])


def _concession(mark: Token, sentence: Span) -> Iterator[Change]:
    """ "Although A, B." becomes "A. But B."."""
    verb, root, stop = mark.head, sentence.root, last(sentence)
    own = subject(root)
    if verb.dep_ != "advcl" or verb.head != root or not complete(verb) or own is None:
        return
    comma = verb.doc[own.left_edge.i - 1]
    inside = verb.doc[sentence.start : comma.i]
    if comma.text != "," or leaning(inside, [verb]) or stop is None or not complete(root):
        return
    first, second = mark.nbor(1), verb.doc[own.left_edge.i]
    if first.dep_ in ("advmod", "mark", "case") or conditional(inside[1:], "en"):
        return
    yield (
        Splice(sentence[0].idx, end_of(first), capitalized(first.text)),
        Splice(comma.idx, second.idx, ". But "),
    )


def _free(first: Token, left: Span) -> bool:
    """Whether the first half doesn't frame the second as something thought, said or found."""
    framing = ("ccomp", "csubj", "mark")
    return not any(child.i < left.end for child in clause_children(first, framing))


def _opening(joint: Token, language: Language) -> str | None:
    """What a second sentence begins with instead of a conjunction; None for others."""
    found = entries("split", language)["openings"].get(joint.lower_)
    return None if found is None or joint.lower_ in ("this", "these", "cela") else str(found)
