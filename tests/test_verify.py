"""No sentence of a brief says more than its evidence: each rule caught in the act, and at rest."""

# ruff: noqa: E501 (tables of sentences)

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Document, Language, Passage, assemble
from corpus.readers import read
from models.components.numerals import quantities
from pipelines.brief import Brief, BriefDocument, Evidence, ReadabilityPair, Segment, Target
from pipelines.draft import draft
from pipelines.verify import RULES, failures, statements, verify

ENGLISH = (
    "Rain gardens were associated with 12.5% fewer flooded basements in 36 streets of Rivebelle. "
    "The gardens may reduce runoff by 40 mm, but did not change the flow at night (none of the "
    "three pumps ran). Costs fell from 250 to 180 dollars a metre over 4 km. "
    "Planted swales lowered the water and paved lots raised the temperature by −1.4 °C."
)
FRENCH = (
    "Les jardins de pluie étaient associés à 12,5 % moins de sous-sols inondés dans 36 rues. "
    "Ils pourraient réduire le ruissellement, mais n’ont pas modifié le débit nocturne. "
    "Les coûts sont passés de 1 250 $ à 180 $ en quatre ans."
)


def document(text: str, language: Language, name: str = "a") -> Document:
    whole, blocks, anchors = assemble([Passage(text, "paragraph", "Results")])
    return Document(
        name * 16, "paper", language, None, (), {}, None, "x.md", "0" * 64, whole, blocks, anchors
    )


EN, FR = document(ENGLISH, "en"), document(FRENCH, "fr", "b")
BOTH = {EN.id: EN, FR.id: FR}


def segment(text: str, quote: str, source: Document = EN) -> Segment:
    """A segment that rests on the sentence of ``source`` which begins with ``quote``."""
    start = source.text.index(quote)
    end = source.text.find(". ", start) + 1 or len(source.text)
    return Segment(
        id="s1",
        section="findings",
        text=text,
        language=source.language,
        target=Target("fr" if source.language == "en" else "en"),
        evidence=(Evidence(source.id, start, end, source.text[start:end]),),
    )


def caught(one: Segment) -> set[str]:
    found = failures(one, BOTH)
    assert all(reason and "\n" not in reason for _, reason in found)
    return {rule for rule, _ in found}


FAULTS = [
    # text, beginning of its evidence, rule
    ("Rain gardens were associated with 13.5% fewer flooded basements.", "Rain", "numbers"),
    ("Rain gardens were associated with 12,5% fewer flooded basements.", "Rain", "numbers"),
    ("Rain gardens were associated with 1.25% fewer flooded basements.", "Rain", "numbers"),
    (
        "Rain gardens were associated with 12.5 percentage points fewer flooded basements.",
        "Rain",
        "numbers",
    ),
    ("Rain gardens were associated with 12.5 fewer flooded basements.", "Rain", "numbers"),
    ("Rain gardens were associated with fewer flooded basements in 36%.", "Rain", "numbers"),
    ("The gardens may reduce runoff by 40 cm, but did not change the flow.", "The g", "numbers"),
    (
        "The gardens may reduce runoff but did not change the flow (none of the four pumps ran).",
        "The g",
        "numbers",
    ),
    ("Costs fell from 250 to 180 dollars a metre over 4 years.", "Costs", "numbers"),
    ("Planted swales lowered the water and raised the temperature by 1.4 °C.", "Plant", "numbers"),
    ("Paved lots raised the temperature by −1.4 °F.", "Plant", "numbers"),
    ("The gardens may reduce runoff by 40 mm, but did change the flow.", "The g", "negation"),
    ("Rain gardens were not associated with fewer flooded basements.", "Rain", "negation"),
    ("The gardens reduce runoff by 40 mm, but did not change the flow.", "The g", "hedges"),
    ("The gardens reduce runoff by 40 mm, but did not change the flow.", "The g", "strength"),
    ("Rain gardens caused 12.5% fewer flooded basements.", "Rain", "strength"),
    ("Rain gardens were associated with fewer flooded schools.", "Rain", "supported_words"),
    ("Rain gardens were associated with fewer flooded basements in Wexcombe.", "Rain", "supported_words"),
    ("Rain gardens were associated with fewer flooded basements in the US.", "Rain", "supported_words"),
    ("Rain gardens were associated with more flooded basements.", "Rain", "supported_words"),
    ("Costs fell from 180 to 250 dollars a metre.", "Costs", "supported_words"),
    ("Planted swales raised the water and paved lots lowered it.", "Plant", "supported_words"),
    ("Paved lots lowered the water and planted swales raised the temperature.", "Plant", "supported_words"),
    ("", "Rain", "anchored"),
    (" … ", "Rain", "anchored"),
]  # fmt: skip
FRENCH_FAULTS = [
    ("Les jardins de pluie étaient associés à 12,6 % moins de sous-sols inondés.", "Les j", "numbers"),
    ("Les jardins de pluie étaient associés à 12.500 moins de sous-sols inondés.", "Les j", "numbers"),
    ("Les jardins de pluie étaient associés à 12,5 points de pourcentage de moins.", "Les j", "numbers"),
    ("Les coûts sont passés de 1 260 $ à 180 $ en quatre ans.", "Les c", "numbers"),
    ("Les coûts sont passés de 1 250 $ à 180 $ en cinq ans.", "Les c", "numbers"),
    ("Les coûts sont passés de 1 250 € à 180 $ en quatre ans.", "Les c", "numbers"),
    ("Les coûts sont passés de 180 $ à 1 250 $ en quatre ans.", "Les c", "supported_words"),
    ("Ils pourraient réduire le ruissellement, mais ont modifié le débit nocturne.", "Ils", "negation"),
    ("Les jardins n’étaient pas associés à moins de sous-sols inondés.", "Les j", "negation"),
    ("Ils réduisent le ruissellement, mais n’ont pas modifié le débit nocturne.", "Ils", "hedges"),
    ("Ils réduisent le ruissellement, mais n’ont pas modifié le débit nocturne.", "Ils", "strength"),
    ("Les jardins de pluie causent moins de sous-sols inondés.", "Les j", "strength"),
    ("Les jardins de pluie étaient associés à moins d’écoles inondées.", "Les j", "supported_words"),
    ("Les jardins de pluie étaient associés à plus de sous-sols inondés.", "Les j", "supported_words"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "rule"), FAULTS)
def test_what_the_evidence_does_not_say_is_caught(text: str, quote: str, rule: str) -> None:
    assert rule in caught(segment(text, quote))


@pytest.mark.parametrize(("text", "quote", "rule"), FRENCH_FAULTS)
def test_what_the_evidence_does_not_say_is_caught_in_french(
    text: str, quote: str, rule: str
) -> None:
    assert rule in caught(segment(text, quote, FR))


@pytest.mark.parametrize(
    ("text", "quote", "source"),
    [
        ("Rain gardens were associated with 12.5 per cent fewer flooded basements.", "Rain", EN),
        ("In 36 streets of Rivebelle, rain gardens were associated with 12.5% fewer flooded basements.", "Rain", EN),
        ("The gardens may reduce runoff by 40 mm, but didn’t change the flow at night.", "The g", EN),
        ("The gardens may reduce runoff, but did not change the flow (none of the 3 pumps ran).", "The g", EN),
        ("Les coûts sont passés de 1 250 $ à 180 $ en 4 ans.", "Les c", FR),
        ("Les jardins étaient associés à 12,5 pour cent moins de sous-sols inondés.", "Les j", FR),
    ],
)  # fmt: skip
def test_the_same_in_other_words_passes(text: str, quote: str, source: Document) -> None:
    assert caught(segment(text, quote, source)) == set()


def test_every_quote_is_read_again_to_the_letter() -> None:
    good = segment("Rain gardens were associated with fewer flooded basements.", "Rain")
    item = good.evidence[0]
    for bad in (
        replace(item, quote=item.quote.replace("gardens", "gardenz")),
        replace(item, start=item.start + 1, end=item.end + 1),
        replace(item, end=10**12),
        replace(item, start=-5),
        replace(item, start=item.end, end=item.start),
        replace(item, document=FR.id),
        replace(item, document="unknown"),
    ):
        assert "quotes_verbatim" in caught(replace(good, evidence=(bad,)))
    assert caught(good) == set()


def test_a_segment_without_evidence_is_caught() -> None:
    bare = replace(segment("Rain gardens work.", "Rain"), evidence=())
    assert "anchored" in caught(bare)


def test_only_the_lexicon_s_statements_pass_as_fixed_text() -> None:
    english, french = next(iter(statements("en").items()))
    fixed = Segment(
        "s1", "certainty", english, "en", Target("fr", french, "final", "template"), origin="template"
    )  # fmt: skip
    assert caught(fixed) == set()
    assert "anchored" in caught(replace(fixed, text="Rain gardens work."))
    assert "anchored" in caught(replace(fixed, target=replace(fixed.target, text="Autre chose.")))
    assert "anchored" in caught(replace(fixed, strength="causal"))


def test_a_label_stronger_than_the_evidence_is_caught() -> None:
    good = segment("Rain gardens were associated with fewer flooded basements.", "Rain")
    assert caught(replace(good, strength="correlational")) == set()
    assert "strength" in caught(replace(good, strength="causal"))


@pytest.mark.parametrize(
    ("translation", "passes"),
    [
        ("Les jardins de pluie étaient associés à 12,5 % moins de sous-sols inondés dans 36 rues.", True),
        ("Les jardins de pluie étaient associés à 12,5 % moins de sous-sols inondés dans trente-six rues.", True),
        ("Les jardins de pluie étaient associés à 15,2 % moins de sous-sols inondés dans 36 rues.", False),
        ("Les jardins de pluie étaient associés à 12,5 points de pourcentage de moins dans 36 rues.", False),
        ("Les jardins de pluie étaient associés à 12,5 % moins de sous-sols inondés.", False),
        ("Les jardins de pluie : 12,5 % de moins dans 36 rues, 4 fois.", False),
    ],
)  # fmt: skip
def test_a_translation_has_the_same_numbers(translation: str, passes: bool) -> None:
    text = "Rain gardens were associated with 12.5% fewer flooded basements in 36 streets."
    target = Target("fr", translation, "translated", "translator")
    found = caught(replace(segment(text, "Rain"), target=target))
    assert found == (set() if passes else {"translated_numbers"})


def test_each_rule_is_one_check_of_the_brief() -> None:
    good = segment("Rain gardens were associated with fewer flooded basements.", "Rain")
    bad = replace(good, id="s2", text="Rain gardens caused 99% fewer floods.")
    named = BriefDocument(EN.id, "paper", "en", None, "x.md", EN.sha256)
    brief = Brief("b", "en", "staff", (named,), (good, bad), ReadabilityPair())
    checks = {check.name: check for check in verify(brief, BOTH)}
    assert list(checks) == list(RULES)
    assert checks["quotes_verbatim"].passed
    assert not checks["numbers"].passed
    assert {failure.segment for check in checks.values() for failure in check.failures} == {"s2"}


@pytest.mark.parametrize(
    "name",
    ["street-trees.xml", "ilots-de-chaleur.xml", "heat-exchange.vtt", "echange-eaux-pluviales.vtt"],
)
def test_an_untouched_draft_raises_no_alarm(samples: Path, name: str) -> None:
    brief = draft(read(samples / name))
    assert [failure for check in brief.checks for failure in check.failures] == []


# -- laws ----------------------------------------------------------------------------------------

SENTENCES = st.sampled_from(
    [(EN, quote) for quote in ("Rain", "The g", "Costs", "Plant")]
    + [(FR, quote) for quote in ("Les j", "Ils", "Les c")]
)


def own_words(source: Document, quote: str) -> Segment:
    one = segment("", quote, source)
    return replace(one, text=one.evidence[0].quote)


@given(SENTENCES)
def test_a_segment_in_its_evidence_s_own_words_always_passes(pair: tuple[Document, str]) -> None:
    assert caught(own_words(*pair)) == set()


WORDS = st.lists(
    st.sampled_from(
        ["no", "not", "may", "causes", "associated", "12", "%", "3,4", "(but", "not)", "[ten", "]",
         "half", "three", "pas", "ne", "réduit", "pourrait", "-2", "km", "$5", "p. 100", "« le »",
         "aucun", "twenty-one", "cent", "mille", "only", "needed", "more", "don’t", "sept"]
    ),
    min_size=1,
    max_size=14,
).map(" ".join)  # fmt: skip


@given(WORDS, st.sampled_from(["en", "fr"]))
@settings(max_examples=150, deadline=None)
def test_any_text_that_is_its_own_evidence_passes(text: str, language: Language) -> None:
    source = document(f"{text} word", language)
    one = Segment(
        "s", "findings", source.text, language, Target("en" if language == "fr" else "fr"),
        evidence=(Evidence(source.id, 0, len(source.text), source.text),),
    )  # fmt: skip
    assert failures(one, {source.id: source}) == []


@given(SENTENCES, st.integers(0, 20), st.sampled_from("123456789"))
def test_a_changed_digit_is_caught(pair: tuple[Document, str], place: int, digit: str) -> None:
    one = own_words(*pair)
    digits = [n for n, character in enumerate(one.text) if character.isdigit()]
    if not digits:
        return
    at = digits[place % len(digits)]
    changed = one.text[:at] + digit + one.text[at + 1 :]
    before = {(q.value, q.unit) for q in quantities(one.text, one.language)}
    after = {(q.value, q.unit) for q in quantities(changed, one.language)}
    if after <= before:
        return
    assert "numbers" in caught(replace(one, text=changed))


@given(WORDS, WORDS, WORDS.filter(lambda text: not set("()[]") & set(text)))
@settings(max_examples=150, deadline=None)
def test_leaving_out_a_bracketed_remark_loses_no_negation(
    before: str, after: str, remark: str
) -> None:
    plain = str.maketrans("", "", "()[]")
    before, after = before.translate(plain), after.translate(plain)
    source = document(f"{before} ({remark}) {after}", "en")
    one = Segment(
        "s", "findings", f"{before} {after}", "en", Target("fr"),
        evidence=(Evidence(source.id, 0, len(source.text), source.text),),
    )  # fmt: skip
    assert "negation" not in {rule for rule, _ in failures(one, {source.id: source})}
