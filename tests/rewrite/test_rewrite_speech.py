"""Fillers, openers and words said twice go; figures, places and meaning stay."""

# ruff: noqa: E501 (tables of sentences)

import pytest

from corpus.document import Language
from pipelines.rewrite.loop import rewrite
from pipelines.rewrite.speech import (
    drop_announcement,
    drop_filler,
    drop_repetition,
    drop_said_by,
    drop_speech_opener,
)
from pipelines.rewrite.steps import Cleaning, Context


def said(text: str, language: Language = "en") -> str:
    return rewrite(text, Context(language, "exchange"), lambda text: True)[0]


CASES = [
    ("Yeah, so, we planted, um, twelve trees.", "We planted twelve trees."),
    ("There is very little on, like, routes.", "There is very little on routes."),
    ("The student, um, sixteen weeks, left.", "The student, sixteen weeks, left."),
    ("They set that, um, it's late.", "They set that it's late."),
    ("We put the, the bags on it's, it's late.", "We put the bags on it's late."),
    ("But I will report back.", "I will report back."),
    ("And now we count bikes.", "We count bikes."),
    ("In fact, Mr. Chair, we planted twelve trees.", "We planted twelve trees."),
    ("Mr.Chair, last year we planted twelve trees.", "Last year we planted twelve trees."),
]
STAYS = [
    "So far we planted ten trees.",
    "But for the rain, we would have planted.",
    "The ER was full.",
    "We got 50 mm of rain.",
    "It was very, very hot.",
    "Um.",
]
FRENCH = [
    ("Donc, euh, on a planté douze arbres.", "On a planté douze arbres."),
    ("La subvention, là, 1 500 $, c’est bien.", "La subvention, 1 500 $, c’est bien."),
    ("Sans ça, euh, on l’aurait fait.", "Sans ça, on l’aurait fait."),
]
FRENCH_STAYS = ["Bon nombre de gens viennent.", "Nous nous sommes vus.", "On a eu 50 mm de pluie."]


#: What each step does by itself; blanks are tidied afterwards.
ALONE: list[tuple[Cleaning, Language, str, str]] = [
    # after a word that joins, a small one, or one that a verb ends: no comma
    (drop_filler, "en", "We went and, um, sat.", "We went and sat."),
    (drop_filler, "en", "We sat when, um, they left.", "We sat when they left."),
    (drop_filler, "en", "We put it on, um, benches.", "We put it on benches."),
    (drop_filler, "en", "The bus’s, um, late.", "The bus’s late."),
    (drop_filler, "en", "We planted, um, trees.", "We planted trees."),
    (drop_filler, "en", "We like planting, um, trees.", "We like planting trees."),
    # before a clause of its own, or after any other word: a comma
    (drop_filler, "en", "We put it on, um, they left.", "We put it on, they left."),
    (drop_filler, "en", "We planted, um, it’s late.", "We planted, it’s late."),
    (drop_filler, "en", "The tree, um, fell.", "The tree, fell."),
    (drop_filler, "en", "The tree, you know, fell.", "The tree, fell."),
    (drop_filler, "en", "The tree, like, fell, um, down.", "The tree, fell, down."),
    (drop_filler, "en", "You know, the tree fell.", "the tree fell."),
    (drop_filler, "en", "I know you know the tree.", "I know you know the tree."),
    # without commas
    (drop_filler, "en", "We um sat.", "We  sat."),
    (drop_filler, "en", " Um we sat. ", "we sat."),
    (drop_filler, "en", "The ER is full.", "The ER is full."),
    (drop_filler, "en", "It is 5 mm deep, mm deep.", "It is 5 mm deep  deep."),
    (drop_filler, "en", "It is 5\u00a0mm deep.", "It is 5\u00a0mm deep."),
    (drop_filler, "en", "The umbrella hummed.", "The umbrella hummed."),
    (drop_filler, "fr", "On a vu, euh, des arbres.", "On a vu des arbres."),
    # twice
    (drop_repetition, "en", "The the tree fell.", "The tree fell."),
    (drop_repetition, "en", "We, we sat.", "We sat."),
    (drop_repetition, "en", "The tree … the tree fell.", "The tree … the tree fell."),
    (drop_repetition, "en", "The tree… the tree fell.", "The tree fell."),
    (drop_repetition, "en", "We planted a tree, planted a tree.", "We planted a tree, planted a tree."),
    (drop_repetition, "en", "It’s, it’s late.", "It’s late."),
    (drop_repetition, "en", "The tree the trees hid fell.", "The tree the trees hid fell."),
    (drop_repetition, "en", "It was very, very hot.", "It was very, very hot."),
    (drop_repetition, "en", "He had had that that day.", "He had had that that day."),
    (drop_repetition, "en", "What it is, is a bench.", "What it is, is a bench."),
    (drop_repetition, "fr", "On le dit à l’agence, l’agence publie.", "On le dit à l’agence, l’agence publie."),
    (drop_repetition, "fr", "Je, je crois que que oui.", "Je crois que oui."),
    (drop_repetition, "fr", "Nous nous sommes vus.", "Nous nous sommes vus."),
    (drop_repetition, "fr", "La taxe passe à cinq cinq.", "La taxe passe à cinq cinq."),
    (drop_repetition, "en", "It is route nine nine.", "It is route nine nine."),
    (drop_repetition, "fr", "Chef de services, Services aux aînés.", "Chef de services, Services aux aînés."),
    # openers
    (drop_speech_opener, "en", "So we planted.", "we planted."),
    (drop_speech_opener, "en", "So far we planted.", "So far we planted."),
    (drop_speech_opener, "en", "So, far off we planted.", "far off we planted."),
    (drop_speech_opener, "en", "In fact we planted.", "In fact we planted."),
    (drop_speech_opener, "en", "In fact, we planted.", "we planted."),
    (drop_speech_opener, "en", "Well… we planted.", "we planted."),
    (drop_speech_opener, "en", "Yes. We planted.", "We planted."),
    (drop_speech_opener, "en", "Yeah, so, well, we planted.", "we planted."),
    (drop_speech_opener, "en", "Well-made trees.", "Well-made trees."),
    (drop_speech_opener, "en", "Well, so.", "so."),
    (drop_speech_opener, "en", "Trees, so we planted.", "Trees, so we planted."),
    # what announces the rest, and who said so, too
    (drop_announcement, "en", "The last thing from me: who pays for it?", "Who pays for it?"),
    (drop_announcement, "en", "If I can just ask you: is it too late?", "Is it too late?"),
    (drop_announcement, "en", "What I’m trying to say is that we trust them all.", "We trust them all."),
    (drop_announcement, "en", "It is late. If I can just ask: who pays for it?", "It is late. Who pays for it?"),
    (drop_announcement, "en", "He missed the point: it costs too much.", "He missed the point: it costs too much."),
    (drop_announcement, "en", "One more question: why?", "One more question: why?"),
    (drop_announcement, "en", "it was late.", "it was late."),
    (drop_announcement, "fr", "Deuxième élément, on manque de logements.", "On manque de logements."),
    (drop_announcement, "en", "I was going to add a second bus to the route.", "I was going to add a second bus to the route."),
    (drop_announcement, "en", "The last thing I would add is a tax on shops.", "The last thing I would add is a tax on shops."),
    (drop_announcement, "fr", "De telle sorte que personne ne puisse la fermer.", "De telle sorte que personne ne puisse la fermer."),
    (drop_said_by, "en", "We have roads, as [name left out] said, bridges and schools.", "We have roads, as [name left out] said, bridges and schools."),
    (drop_said_by, "en", "We did not close it, as [name left out] said, because of the cost.", "We did not close it, as [name left out] said, because of the cost."),
    (drop_announcement, "fr", "Ma question est : combien ça coûte ?", "Combien ça coûte ?"),
    (drop_announcement, "fr", "C’est-à-dire que les écoles ferment en mai.", "Les écoles ferment en mai."),
    (drop_announcement, "fr", "C’est la question que tous posent.", "C’est la question que tous posent."),
    (drop_said_by, "en", "It is late and, as [name left out] rightly said, it costs us.", "It is late and it costs us."),
    (drop_said_by, "en", "As [name left out] mentioned, it is late.", "It is late."),
    (drop_said_by, "en", "It is as [name left out] said.", "It is as [name left out] said."),
    (drop_said_by, "en", "it was late.", "it was late."),
    (drop_said_by, "fr", "Comme l’a dit [nom omis], on ferme les écoles.", "On ferme les écoles."),
    (drop_said_by, "fr", "[nom omis] l’a dit, on ferme.", "[nom omis] l’a dit, on ferme."),
]  # fmt: skip


@pytest.mark.parametrize(("step", "language", "before", "after"), ALONE)
def test_a_step_takes_its_own_away_and_no_more(
    step: Cleaning, language: Language, before: str, after: str
) -> None:
    assert step(before, Context(language, "exchange")) == after


@pytest.mark.parametrize(("before", "after"), CASES)
def test_what_only_fills_goes(before: str, after: str) -> None:
    assert said(before) == after


@pytest.mark.parametrize(("before", "after"), FRENCH)
def test_what_only_fills_goes_in_french(before: str, after: str) -> None:
    assert said(before, "fr") == after


@pytest.mark.parametrize("text", STAYS)
def test_what_says_something_stays(text: str) -> None:
    assert said(text) == text


@pytest.mark.parametrize("text", FRENCH_STAYS)
def test_what_says_something_stays_in_french(text: str) -> None:
    assert said(text, "fr") == text
