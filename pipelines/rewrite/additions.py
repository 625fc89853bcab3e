"""What a sentence adds at its end about a noun or about all it said, as a sentence of its own.

In: the parse of a text. Out: changes that make one of a relative clause (", which …"), of a
participle (", suggesting that …", « , ce qui … »), of examples (", including …") or of a reason
("because …"). The second half says again what it is about: with the noun pointed at ("These
trees"), or with a "This" as open as the words of the source. What limits a noun has no comma and
is never split off. Method: Siddharthan (2006). Word lists: ``split.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Span, Token

from corpus.document import Language
from pipelines.language.lexicon import entries
from pipelines.language.splices import Change, Splice, end_of
from pipelines.rewrite.clauses import (
    auxiliaries,
    complete,
    conditional,
    finite,
    last,
    negated,
    subject,
    words,
)
from pipelines.rewrite.existence import there_was
from pipelines.rewrite.halves import before, cut, hypothetical, outside, parts, replaced, standing
from pipelines.rewrite.steps import Context
from pipelines.rewrite.subjects import again, demonstrative


def split_relative(parsed: Doc, context: Context) -> Iterable[Change]:
    """A relative clause after a comma, as a sentence that says again what it is about."""
    for sentence in parsed.sents:
        for pronoun in sentence:
            if pronoun.lower_ in ("which", "who", "qui"):
                yield from _at_relative(pronoun, sentence, context.language)
        own = subject(sentence.root)
        if own is not None:
            yield from _within(own, sentence, context.language)


def _at_relative(pronoun: Token, sentence: Span, language: Language) -> Iterator[Change]:
    verb = pronoun.head
    comma = before(pronoun)
    if pronoun.dep_ not in ("nsubj", "nsubj:pass") or not finite(verb) or comma.text != ",":
        return
    if verb.dep_ not in ("acl:relcl", "advcl:relcl", "advcl", "acl", "parataxis"):
        return
    left = parts(sentence, sentence.start, comma.i)
    right = parts(sentence, pronoun.i, sentence.end)
    if left is None or right is None or outside(right) != [verb] or not standing(left):
        return
    told = None if _goes_on(right) else _antecedent(pronoun, verb, comma, language)
    if told is None or (told in ("This", "These") and hypothetical(sentence, left, language)):
        return
    yield cut(comma, pronoun.doc[pronoun.i + 1], f"{told} ")


def _goes_on(right: Span) -> bool:
    """Whether the sentence goes on behind the clause: "We ask the town, which knows, to act"."""
    commas = (token for token in right[:-2] if token.text == ",")
    after = (right.doc[comma.i + 1 : comma.i + 3] for comma in commas)
    return any(
        two[0].lower_ == "to" or (two[0].lower_ in ("de", "d’", "d'", "à") and _infinitive(two[1]))
        for two in after
    )


def _infinitive(token: Token) -> bool:
    return "Inf" in token.morph.get("VerbForm", [])


def _antecedent(pronoun: Token, verb: Token, comma: Token, language: Language) -> str | None:
    """What a relative clause at the end is about: a noun right before it, or what was said."""
    beside = comma.nbor(-1)
    noun = verb.head if verb.head.pos_ in ("NOUN", "PROPN") else beside
    if noun.i >= comma.i or noun.pos_ not in ("NOUN", "PROPN", "PUNCT", "NUM"):
        return None
    number = _number(verb, noun)
    if number is None or _unnamed(noun, language):
        return None
    nested = noun.dep_ in ("nmod", "conj", "appos", "obl:arg", "dep") and noun.head.pos_ != "VERB"
    agreeing = noun.morph.get("Number", [""])[0] == number
    clear = noun.i == comma.i - 1 and not nested and agreeing
    if language == "fr" or pronoun.lower_ == "who":
        return demonstrative(noun, language) if clear else None
    if clear and not _tells_outcome(verb, number):
        return demonstrative(noun, language)
    if number == "Plur" and _unmarked(verb) and _tells_outcome(verb, number):
        return None
    if verb.lemma_ in words(language, "of_things") and not _tells_outcome(verb, number):
        return None  # only a thing has "great variability", and which one isn't clear
    return "This" if number == "Sing" else "These"


def _number(verb: Token, noun: Token) -> str | None:
    """Whether a relative clause is about one thing or several; None where nothing tells."""
    said = (*auxiliaries(verb), verb)[0]
    if said.tag_ == "MD" or (said.tag_ == "VBD" and said.lower_ not in ("was", "were")):
        known = {noun.morph.get("Number", [""])[0]}
        if noun.dep_ in ("nmod", "conj", "appos"):
            known.add(noun.head.morph.get("Number", [""])[0])
        return known.pop() or None if len(known) == 1 else None
    told = {"was": "Sing", "were": "Plur"}.get(said.lower_) or said.morph.get("Number", [""])[0]
    return told or None


def _unnamed(noun: Token, language: Language) -> bool:
    """Whether a noun names nothing that a second sentence could take up: "no effect"."""
    return any(child.lower_ in words(language, "scoped") for child in noun.lefts)


def _unmarked(verb: Token) -> bool:
    """Whether a verb's form doesn't tell one subject from several."""
    said = (*auxiliaries(verb), verb)[0]
    return said.tag_ in ("VBD", "VBN", "MD") and said.lower_ not in ("was", "were")


def _tells_outcome(verb: Token, number: str) -> bool:
    """Whether a clause may say what came of all that was said, and not only of a noun."""
    if any(child.dep_ == "aux:pass" for child in verb.lefts):
        return False
    if verb.lemma_ in words("en", "of_things"):
        return any(c.lemma_ in words("en", "outcomes") for c in verb.rights if c.dep_ == "obj")
    copula = any(child.dep_ == "cop" for child in verb.lefts)
    if number == "Plur" and not _unmarked(verb):
        return False
    return not copula or verb.pos_ == "ADJ"


def split_participle(parsed: Doc, context: Context) -> Iterable[Change]:
    """What is said of a whole clause at its end: ", suggesting that …", « , ce qui … »."""
    language = context.language
    for sentence in parsed.sents:
        for token in sentence:
            comma = _comma_before(token, language)
            if comma is None:
                continue
            if language == "fr" and token.lower_ == "ce":
                yield from _ce_qui(token, sentence)
            elif token.lower_ in words(language, "interpret") | words(language, "effects"):
                yield from _participle(comma, token, sentence, language)


def _comma_before(token: Token, language: Language) -> Token | None:
    """The comma before a token; one word that only joins may stand between (", thus making")."""
    previous = before(token)
    if previous.lower_ in words(language, "so_that"):
        previous = before(previous)
    return previous if previous.text == "," else None


def _participle(comma: Token, verb: Token, sentence: Span, language: Language) -> Iterator[Change]:
    left = parts(sentence, sentence.start, comma.i)
    right = parts(sentence, verb.i, sentence.end)
    if left is None or right is None or ":" in left.text:
        return
    if subject(verb) is not None or _listed(verb):
        return
    if _to_come(sentence.root):
        return  # "a letter will go out, confirming that": nothing confirms it yet
    told = entries("split", language)["interpret"].get(verb.lower_)
    following = verb.nbor(1)
    stands = standing(left) or (told is not None and _at_end(left, right))
    if not stands:
        return
    if told is not None and following.lower_ not in ("that", "how", "why", "que", "qu’", "qu'"):
        told = told if outside(right) == [verb] and _modifies(following, verb) else None
    elif told is None and outside(right) == [verb]:
        told = _finite_form(verb, sentence.root, language)
        told = None if hypothetical(sentence, left, language) else told
    if told is not None:
        opening = entries("split", language)["openings"]["this" if language == "en" else "cela"]
        yield replaced(comma, verb, f"{opening}{told}")


def _to_come(verb: Token) -> bool:
    """Whether what a verb says is still to come: "will go out", « partira »."""
    return "Fut" in verb.morph.get("Tense", []) or any(
        child.lower_ in ("will", "shall", "’ll", "'ll") for child in auxiliaries(verb)
    )


def _at_end(left: Span, right: Span) -> bool:
    """Whether what is said of a clause is the last of its sentence, so that its verb is before."""
    verbs = (token.tag_.startswith("VB") or finite(token) for token in left)
    return any(verbs) and not any(token.text in (",", ";", ":") for token in right)


def _modifies(following: Token, verb: Token) -> bool:
    """Whether a participle is of a clause and has an object: it doesn't describe a noun."""
    if verb.lower_ in ("showing", "montrant") or verb.dep_ == "acl":
        return False
    return any(child.dep_ == "obj" for child in verb.rights) and following.pos_ != "PUNCT"


def _listed(verb: Token) -> bool:
    """Whether more participles are joined to this one."""
    return any(child.dep_ == "conj" and child.tag_ == "VBG" for child in verb.children)


def _finite_form(verb: Token, root: Token, language: Language) -> str | None:
    """What came of it, in the tense of the main clause, with its modal."""
    forms = entries("split", language)["effects"].get(verb.lower_)
    clause = verb.head if finite(verb.head) and verb.head.pos_ in ("VERB", "AUX") else root
    if forms is None or verb.dep_ != "advcl":
        return None
    helpers = auxiliaries(clause)
    first = helpers[0] if helpers else clause
    if first.tag_ == "MD":
        return None if negated(clause) else f"{first.lower_} {forms[0]}"
    if first.tag_ == "VBD" or (first.tag_ == "VBN" and not helpers):  # taken for a participle
        return str(forms[2])
    return str(forms[1]) if first.tag_ in ("VBZ", "VBP") and _present(helpers) else None


def _present(helpers: list[Token]) -> bool:
    return not any(one.lemma_.lower() == "have" for one in helpers)


def _ce_qui(token: Token, sentence: Span) -> Iterator[Change]:
    """« , ce qui … » becomes « . Cela … »."""
    comma = before(token)
    left = parts(sentence, sentence.start, comma.i)
    right = parts(sentence, token.i, sentence.end)
    if left is None or right is None or right[1].lower_ != "qui":
        return
    following = right[1]
    heads = [head for head in outside(right) if head.i > following.i]
    verb = following.head
    if heads not in ([], [verb]) or not finite(verb) or not standing(left):
        return
    if not conditional(left, "fr"):
        yield replaced(comma, following, "Cela")


def _within(noun: Token, sentence: Span, language: Language) -> Iterator[Change]:
    """Of the subject: "X, which did Y, did Z." becomes "X did Z. It did Y."."""
    stop = last(sentence)
    clauses = [child for child in noun.rights if child.dep_ == "acl:relcl"]
    if len(clauses) != 1 or stop is None:
        return
    verb, edge = clauses[0], noun.right_edge
    opening, closing = noun.nbor(1), edge if edge.text in (",", ".") else edge.nbor(1)
    pronoun = opening.nbor(1)
    said = sentence.doc[pronoun.i + 1 : closing.i]
    told = again(noun, language, skip=verb)
    commas = opening.text == "," == closing.text
    if not commas or pronoun.lower_ not in ("which", "who", "qui") or told is None:
        return
    if pronoun.head != verb or not pronoun.dep_.startswith("nsubj") or not finite(verb):
        return
    if len(said) < 3 or not _beside(noun, sentence):
        return
    until = closing.idx + 1
    yield (
        Splice(opening.idx, until, ""),
        Splice(stop.idx + 1, stop.idx + 1, f" {told} {said.text}."),
    )


def _beside(noun: Token, sentence: Span) -> bool:
    """Whether a subject opens a sentence that is complete and holds nothing else back."""
    root = sentence.root
    return noun.left_edge.i == sentence.start and finite(root) and not negated(root)


def split_ending(parsed: Doc, context: Context) -> Iterable[Change]:
    """What stands behind a comma at the end without a verb of its own, as a sentence.

    ", with no change in B" becomes "There was no change in B.", ", similar to B" "This is similar
    to B.", and ", a finding that tells …" "This finding tells …".
    """
    if context.language != "en":
        return
    for sentence in parsed.sents:
        for comma in sentence:
            if comma.text != "," or comma.i + 2 >= sentence.end:
                continue
            left = parts(sentence, sentence.start, comma.i)
            right = parts(sentence, comma.i + 1, sentence.end)
            if left is None or right is None or ":" in left.text:
                continue
            yield from _renamed(comma, left, right)
            past = _past(left)
            if past is None or hypothetical(sentence, left, "en"):
                continue
            if right[0].lower_ == "with":
                yield from _with(comma, right, past)
            elif right[0].lower_ in words("en", "alike"):
                yield from _alike(comma, right, past)


def _past(left: Span) -> bool | None:
    """Whether what stands before an ending is told in the past; None where its verbs don't agree.

    By their forms alone: a modal among them says that it isn't a fact.
    """
    told = {token.tag_ for token in left if token.tag_ in ("VBD", "VBZ", "VBP", "MD")}
    if told == {"VBD"}:
        return True
    if not told and any(token.tag_ == "VBN" for token in left):
        return True  # the main verb, which the parse took for a participle
    return False if told and told <= {"VBZ", "VBP"} else None


def _with(comma: Token, right: Span, past: bool) -> Iterator[Change]:
    """ ", with higher rates in women": only of what there can be, told by a noun of the list."""
    told = there_was(right[1:-1] if right[-1].text == "." else right[1:], past=past)
    if told is not None:
        end = right[-1] if right[-1].text != "." else right[-2]
        yield (Splice(comma.idx, end_of(end), f". {told}"),)


def _alike(comma: Token, right: Span, past: bool) -> Iterator[Change]:
    links = {token.lower_ for token in right[1:3]}
    if not links & {"to", "with"} or any(t.text == "," for t in right):
        return
    told = "This was" if past else "This is"
    yield cut(comma, right[0], f"{told} ")


def _renamed(comma: Token, left: Span, right: Span) -> Iterator[Change]:
    """ ", a finding that shows …": the noun is pointed back at."""
    if right[0].lower_ not in ("a", "an") or right[2].lower_ not in ("that", "which"):
        return
    noun, verb, root = right[1], right[2].head, left.sent.root
    said = any(child.dep_ == "ccomp" for child in root.children)
    if said or negated(root) or conditional(left, "en") or any(t.tag_ == "MD" for t in left):
        return
    if noun.lemma_ not in words("en", "renames") or not finite(verb) or noun.tag_ != "NN":
        return
    if right[2].dep_ in ("nsubj", "nsubj:pass") and not any(t.text == "," for t in right):
        yield replaced(comma, right[2], f"This {noun.text}")


def split_examples(parsed: Doc, context: Context) -> Iterable[Change]:
    """ ", including A, B and C" at the end becomes ". These include A, B and C."."""
    if context.language != "en":
        return
    for sentence in parsed.sents:
        for token in sentence:
            if token.lower_ == "including":
                yield from _examples(token, sentence)


def _examples(token: Token, sentence: Span) -> Iterator[Change]:
    comma = before(token)
    left = parts(sentence, sentence.start, comma.i)
    right = parts(sentence, token.i, sentence.end)
    if comma.text != "," or left is None or right is None or not standing(left):
        return
    heads = outside(right)
    if len(heads) != 1 or any(complete(word) for word in right):
        return
    beside = comma.nbor(-1)
    noun = beside if beside.pos_ == "NOUN" else heads[0].head
    plural = noun.pos_ == "NOUN" and "Plur" in noun.morph.get("Number", [])
    if plural and not _unnamed(noun, "en") and not hypothetical(sentence, left, "en"):
        yield replaced(comma, token, "These include")


def split_reason(parsed: Doc, context: Context) -> Iterable[Change]:
    """ "A because B" becomes "A. This is because B."; « A, car B » becomes « A. Car B »."""
    for sentence in parsed.sents:
        for mark in sentence:
            if mark.lower_ in ("because", "car"):
                yield from _reason(mark, sentence, context.language)


def _reason(mark: Token, sentence: Span, language: Language) -> Iterator[Change]:
    if (mark.lower_ == "because") != (language == "en"):
        return
    previous = before(mark)
    start = previous if previous.text == "," else mark
    left = parts(sentence, sentence.start, start.i)
    right = parts(sentence, mark.i, sentence.end)
    if left is None or right is None or not standing(left):
        return
    heads = outside(right)
    free = previous.pos_ not in ("ADV", "PART", "CCONJ", "SCONJ", "AUX")
    free = free and previous.text not in "—–"
    if len(heads) != 1 or not complete(heads[0]) or not free:
        return
    if heads[0].head == sentence.root and not hypothetical(sentence, left, language):
        told = "Car" if language == "fr" else "This is because"
        yield replaced(start, mark, told, space=start is mark)
