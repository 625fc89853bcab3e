"""A plain word takes the form that the hard word had."""

from __future__ import annotations

import pytest

from corpus.document import Language
from models.parsing import parse
from pipelines.language.fr.word_forms import InflectionError
from pipelines.language.inflection import features, forms, transfer
from pipelines.language.wordlists import hidden_verbs, plain_words

ENGLISH_VERBS = {
    "use": "use uses using used used",
    "show": "show shows showing showed shown",
    "plan": "plan plans planning planned planned",
    "stop": "stop stops stopping stopped stopped",
    "happen": "happen happens happening happened happened",
    "occur": "occur occurs occurring occurred occurred",
    "carry": "carry carries carrying carried carried",
    "see": "see sees seeing saw seen",
    "tie": "tie ties tying tied tied",
    "watch": "watch watches watching watched watched",
    "have": "have has having had had",
    "go": "go goes going went gone",
    "study": "study studies studying studied studied",
    "agree": "agree agrees agreeing agreed agreed",
    "need": "need needs needing needed needed",
    "begin": "begin begins beginning began begun",
    "commit": "commit commits committing committed committed",
    "enjoy": "enjoy enjoys enjoying enjoyed enjoyed",
}
ENGLISH_NOUNS = {
    "person": "people", "baby": "babies", "way": "ways", "match": "matches", "analysis": "analyses",
    "child": "children", "staff": "staff", "drink": "drinks", "share": "shares", "loss": "losses",
}  # fmt: skip


@pytest.mark.parametrize(("lemma", "row"), ENGLISH_VERBS.items())
def test_an_english_verb_has_its_five_forms(lemma: str, row: str) -> None:
    made = forms(lemma, "VERB", "en")
    assert [made[name] for name in ("base", "s", "ing", "past", "part")] == row.split()


@pytest.mark.parametrize(("lemma", "plural"), ENGLISH_NOUNS.items())
def test_an_english_noun_has_its_plural(lemma: str, plural: str) -> None:
    assert dict(forms(lemma, "NOUN", "en")) == {"sing": lemma, "plur": plural}


@pytest.mark.parametrize(
    ("text", "word", "hard", "plain", "expected"),
    [
        ("The survey demonstrated a gap.", "demonstrated", "demonstrate", "show", "showed"),
        ("The survey has demonstrated a gap.", "demonstrated", "demonstrate", "show", "shown"),
        ("A gap was demonstrated.", "demonstrated", "demonstrate", "show", "shown"),
        ("The survey demonstrates a gap.", "demonstrates", "demonstrate", "show", "shows"),
        ("The city utilized maps.", "utilized", "utilize", "use", "used"),
    ],
)
def test_a_past_tense_and_a_participle_are_told_apart(
    text: str, word: str, hard: str, plain: str, expected: str
) -> None:
    token = next(token for token in parse(text, "en") if token.text == word)
    assert transfer(word, hard, plain, "VERB", "en", token.morph) == expected


def test_a_form_in_doubt_is_not_made() -> None:
    token = parse("The city utilized maps.", "en")[0]
    assert transfer("utilized", "utilize", "show", "VERB", "en", token.morph) is None
    assert transfer("map", "utilize", "use", "VERB", "en", token.morph) is None


def test_what_a_word_can_be_is_found() -> None:
    assert features("Used", "use", "VERB", "en") == ("past", "part")
    assert features("uses", "use", "VERB", "en") == ("s",)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_word_of_the_lists_has_its_forms(language: Language) -> None:
    """No word of a list is missing from the rules and the irregular words."""
    for entry in plain_words(language):
        if entry.pos in ("VERB", "NOUN", "ADJ"):
            for phrase in (entry.hard, entry.plain):
                assert forms(phrase.split()[0], entry.pos, language)
    for hidden in hidden_verbs(language):
        for verb in (hidden.verb, *hidden.light):
            assert forms(verb.split()[0], "VERB", language)


FRENCH_VERBS = {
    ("montrer", "pres.3p"): "montrent",
    ("montrer", "impf.3s"): "montrait",
    ("montrer", "fut.1p"): "montrerons",
    ("montrer", "part.past.fp"): "montrées",
    ("changer", "pres.1p"): "changeons",
    ("changer", "impf.3s"): "changeait",
    ("changer", "impf.1p"): "changions",
    ("placer", "part.pres"): "plaçant",
    ("placer", "impf.1p"): "placions",
    ("jeter", "pres.3s"): "jette",
    ("rappeler", "fut.3s"): "rappellera",
    ("acheter", "pres.3p"): "achètent",
    ("acheter", "fut.3s"): "achètera",
    ("céder", "pres.3s"): "cède",
    ("céder", "fut.3s"): "cédera",
    ("mener", "subj.3s"): "mène",
    ("employer", "pres.3s"): "emploie",
    ("employer", "pres.1p"): "employons",
    ("finir", "pres.3p"): "finissent",
    ("finir", "impf.3s"): "finissait",
    ("finir", "part.past.fs"): "finie",
    ("rendre", "pres.3s"): "rend",
    ("rendre", "fut.3p"): "rendront",
    ("rendre", "part.past.ms"): "rendu",
    ("faire", "pres.3p"): "font",
    ("faire", "fut.3s"): "fera",
    ("faire", "impf.3s"): "faisait",
    ("faire", "subj.3s"): "fasse",
    ("faire", "part.past.fs"): "faite",
}


@pytest.mark.parametrize(("asked", "expected"), FRENCH_VERBS.items())
def test_a_french_verb_is_conjugated(asked: tuple[str, str], expected: str) -> None:
    lemma, feature = asked
    assert forms(lemma, "VERB", "fr")[feature] == expected


def test_a_french_verb_that_no_rule_knows_is_refused() -> None:
    with pytest.raises(InflectionError, match="mouvoir"):
        forms("mouvoir", "VERB", "fr")


@pytest.mark.parametrize(
    ("lemma", "pos", "expected"),
    [
        ("personne", "NOUN", "personne personnes"),
        ("hôpital", "NOUN", "hôpital hôpitaux"),
        ("eau", "NOUN", "eau eaux"),
        ("prix", "NOUN", "prix prix"),
        ("grand", "ADJ", "grand grands grande grandes"),
        ("utile", "ADJ", "utile utiles utile utiles"),
        ("principal", "ADJ", "principal principaux principale principales"),
        ("coûteux", "ADJ", "coûteux coûteux coûteuse coûteuses"),
        ("vif", "ADJ", "vif vifs vive vives"),
        ("premier", "ADJ", "premier premiers première premières"),
    ],
)
def test_french_nouns_and_adjectives_agree(lemma: str, pos: str, expected: str) -> None:
    assert list(forms(lemma, pos, "fr").values()) == expected.split()
