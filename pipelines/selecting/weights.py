"""What speaks for telling a sentence, and by how much: every weight of selection, once.

What a paper's sentence is worth is, first, how likely it does what the section tells: a
probability, 0 to 1 (``models.sentence_functions``). The weights beside it are read against that.
They were chosen on the labelled papers of the suite ``slots``, the probabilities being those of
models that had not seen the paper; where another source set one, it says so. What audiences prefer
is in ``audiences.toml``.
"""

from __future__ import annotations

from corpus.document import Language
from models.sentence_functions import Function
from pipelines.brief import PointKind, Section

# -- a paper's sentence ----------------------------------------------------------------------------

#: What a section tells, from which probability on its best sentence, and from which on others; of
#: findings, the mean of being one and of being printed.
LIKELY: dict[Section, tuple[Function, float, float]] = {
    "findings": ("finding", 0.2, 0.55),
    "implications": ("recommendation", 0.15, 0.5),
    "limits": ("limit", 0.15, 0.6),
    "applies_to": ("sample", 0.05, 0.7),
    "context": ("problem", 0.3, 0.6),
}
#: Where fewer than so many are sure, others likelier than this are told with them, if likelier than
#: that to be understood. Of the lines that the 79 labelled papers' briefs then have, by models that
#: hadn't seen the paper, .86 are findings, .62 worth printing (.60 where being a finding decides
#: alone, from .6 on), .52 understood (.43), .07 hold for less than they seem to (.10).
FEW: dict[Section, tuple[int, float, float]] = {"findings": (6, 0.35, 0.5)}
#: What is set against a finding ("However, …") and is told with it is a finding from here on.
OTHER_SIDE = 0.3
#: Pointing at the sentence before.
POINTS_BACK = -0.2
#: A plain sentence has so many words; for each word more or fewer, and all its words being rare.
PLAIN = range(10, 26)
MISFIT, RARE_WORDS = -0.006, -0.2
#: A bottom line that is a key fact, what the ranker adds to it, in ROUGE, and what it loses where
#: its words are all rare and for each word that it is too long or too short.
KEY, RANKED, BOTTOM_LINE_RARE, BOTTOM_LINE_MISFIT = 0.8, 0.5, -0.2, -0.01
#: A bottom line that advises: what was found comes first, but where nothing was studied.
ADVISES = -0.3
#: A bottom line that says that the study was the first: what it found comes first.
PRIORITY = -0.3
#: A bottom line that only adds to what stands before it, or doesn't say what was found.
ADDS, VAGUE = -0.2, -0.2
#: Above whatever the other criteria sum up to: what the ranker alone decides.
ALONE = 10.0
#: From this probability on a sentence advises, though it is a likelier finding, or likelier to call
#: for research, by no more than that. Of less likely ones that are likelier findings one in eight
#: is advice (67 of the labelled papers), of others one in four.
ADVICE, LESS_THAN_NEEDED = 0.35, 0.25
#: A bottom line that would take all such advice of a study gives way to one that is worth no more
#: than so much less; what says the same as a line told advises more from this difference on.
GIVES_WAY, ADVISES_MORE = 0.6, 0.25
#: A finding that is one of the few facts that matter.
KEY_FINDING = 1.0
#: A finding that an editor would print.
PRINTED = 1.0
#: What a finding, a bottom line and another sentence lose where nobody understands them alone.
OBSCURE_FINDING, BOTTOM_LINE_OBSCURE, OBSCURE = -0.6, -0.2, -0.1
#: A finding less likely to be understood isn't told: of 40 such lines that the labelled papers'
#: briefs had, by models that hadn't seen the paper, five are understood.
LEAST_UNDERSTOOD_FINDING = 0.2
#: A sentence is a limit, to those after it, from this probability on; what each later one loses. Of
#: 296 limits of the labelled papers the first of a paper is worth 2.2 of 3, the sixth 1.5.
IS_LIMIT, LATER_LIMIT = 0.4, -0.1
#: A limit is surely one from this probability on; one less sure is none that advises, from this on.
SURE_LIMIT, ADVISED = 0.7, 0.2
#: So many numbers make a sentence heavy.
HEAVY = 3

#: A bottom line worth so much less than the best one may be told before it where it is plainer.
ALIKE = 0.15

# -- together -------------------------------------------------------------------------------------

#: What a point of coverage is worth beside what a candidate is worth by itself.
COVERAGE = 7.0
#: How much of what a paper says is in its summaries, in what it concludes, and in all it says.
#: Halving or doubling one of them moves the mean recall of the digests by less than a point.
SHARES = {"summary": 0.5, "conclusion": 0.25, "all": 0.25}

# -- what is said in an exchange -----------------------------------------------------------------

#: From this probability of its kind on a sentence is a point of it.
LEAST_LIKELY = 0.15
#: Less is asked of what ends in a question mark: of research meetings' questions .87 are found
#: instead of .69, of what is found .92 are questions either way (MRDA's validation part).
LEAST_ASKED = 0.08
#: Where a smaller share of an exchange's sentences begin small, one that does is a part of another.
BEGIN_SMALL = 0.2
#: How likely an act is that a sentence's own form performs.
PERFORMED = 0.6
#: What an exchange of few sentences came to, and how much more it is worth as its bottom line.
OUTCOME_OF_FEW: dict[PointKind, float] = {"decision": 1.5, "commitment": 1.3}
#: And how likely what notes of a meeting call by its name ("Decision: …"): its author judged.
NAMED = 0.9
#: The odds that somebody's not being able to, or their lack (``claims.acts.unable``), is a barrier
#: are so many times what the model gives them, which knows few such forms. By maximum likelihood
#: 1.8 on the 87 such sentences of fifteen labelled exchanges (1.5 in English, 6 on ten in French).
UNABLE = 2.0
#: What a point is worth: likely of its kind, likely a point at all, likely one that must be told.
OF_ITS_KIND, A_POINT, MUST = 2.0, 1.0, 2.0
#: A sentence of so many words is as long as a line should be; twice as long, it is worth so much
#: less, as a share of its worth.
LINE, LONG_LINE = 20, 0.1
#: The first point of a kind is worth so much more, so that a page of questions also tells what was
#: taken on; each further one is worth this much of the one before.
FIRST_OF_KIND, NEXT_OF_KIND = 1.15, 0.97
#: From this probability on a sentence answers a question: of 978 of 134 labelled exchanges
#: .56 are then told with an answer, .66 of them with one that a careful reader chose or would print
#: as well (models that hadn't seen the exchange); from this one on the sentence beside it is told
#: with it, of which .56 are such.
LEAST_ANSWER, WITH_ANSWER = 0.5, 0.4
#: What is left of the worth of a sentence that nobody who wasn't there understands, and of what
#: makes it an outcome. Of 546 lines of 67 labelled exchanges .65 are then understood, .55 without;
#: at .1 for both .69, but fewer of their kind (.73 for .75 in English) and fewer bottom lines that
#: are outcomes (.75 for .79).
NOT_UNDERSTOOD, OUTCOME_NOT_UNDERSTOOD = 0.4, 0.8
#: What is less likely to be understood isn't told, but for what was decided: of 94 such sentences
#: of the labelled ones (below .2) five are understood, and an editor would print nine; of 16 lines
#: of thirteen briefs below this, careful readers let none pass.
LEAST_UNDERSTOOD = 0.3
#: A sentence less likely to be understood than this is told with the one before it where that is
#: likelier to be, by so much at least: of 80 such pairs seven in ten are understood together only,
#: one sentence in eight alone, too.
LEANS, LEANED_ON, CLEARER = 0.5, 0.4, 0.2
#: A line less likely to be understood than this is told with what was spoken of just before it: of
#: 1,315 labelled sentences below it three in ten are understood in either language, above it seven
#: in ten.
LEANS_A_LITTLE: dict[Language, float] = {"en": 0.6, "fr": 0.4}
#: So many phrases at most, each at least so likely to be what it is about, until one of them is so
#: likely to be; none where that is less likely than the last of these. Of 1,100 labelled sentences
#: half then have a note, .75 of which hold a phrase that a careful reader named in English, .62 in
#: French (models that hadn't seen the exchange). Readers found second phrases less likely than this
#: mere noise.
MOST_SPOKEN_OF, LEAST_SPOKEN_OF, SPOKEN_OF, LIKELY_SPOKEN_OF = 2, 0.15, 0.6, 0.4
#: From here on a point may be what an exchange came to, and from this probability on it is likely
#: to be: others stand behind those, by how likely they must be told. Of the bottom lines of 44
#: English and 42 French exchanges of our own .61 and .43 then tell an outcome that somebody chose
#: (.11 and .14 where outcomes were learned of all that must be told), of 23 debates .70 (.52), of
#: 24 committees .17 (.17); or what must be told, of the committees .71 (.75), of the debates .78
#: (.61). By models that hadn't seen the exchange.
LEAST_OUTCOME, SURE_OUTCOME = 0.01, 0.08
#: What naming the exchange's topics adds to what a point is worth, and to what makes it an outcome,
#: as a share. Chosen on twenty labelled exchanges, each judged by what was learned from others,
#: among 0, 0.5, 1 and 0, 0.3, 0.6: at 0.5 no share of points falls by more than .03, and what a
#: brief shares with people's summaries of fifteen of them rises by 2 points of ROUGE-1.
ON_TOPIC, OUTCOME_ON_TOPIC = 0.5, 0.3
#: What is left of an outcome that is on the talk itself, breaks off or has few words of content.
SAYS_LITTLE = 0.5
