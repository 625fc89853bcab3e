"""What speaks for telling a sentence, and by how much: every weight of selection, once.

Salience has no unit: weights are read against one another, and a finding is worth their sum. Those
of a paper were set on sixteen open-access papers by how much of eLife's lay digests the drafts
cover (``benchmarks/digest_coverage.py``), and held against labelled papers (suite ``slots``);
where another source set one, it says so. What audiences prefer is in ``audiences.toml``.
"""

from __future__ import annotations

from pipelines.brief import PointKind, Role

# -- a paper's sentence, wherever it may be told -------------------------------------------------

#: Of the mean cosine to the title and to the mean vector of the abstract: centroid summarization
#: (Radev et al. 2004).
NEARNESS = 0.5
#: Standing in the abstract, or in what else the authors wrote to be read alone. Weighed here alone.
SUMMARY = 0.55
#: Standing elsewhere, by what the section's headings say.
SECTION: dict[Role | None, float] = {
    "conclusion": 0.18,
    "implication": 0.18,
    "limitation": 0.15,
    "result": 0.135,
    "objective": 0.12,
    "method": 0.075,
    "background": 0.045,
}
ANYWHERE = 0.09
#: A word that tells a result, and a digit in a result.
RESULT_CUE, DIGIT = 0.12, 0.08
#: A cue of the role that the section gives to all its sentences (limits, advice, aims).
ROLE_CUE = 0.1
#: Opening with what stands for something in the sentence before, turning against it, or pointing
#: back into it.
LEANS, TURNS, POINTS_BACK = -0.2, -0.12, -0.1
#: Pointing to another place of the paper; reporting others' work, among results and elsewhere.
ELSEWHERE, OTHERS_RESULT, OTHERS = -0.25, -0.3, -0.1
#: For each word beyond ``LONG``, up to ``LONGEST_COUNTED``.
LENGTH, LONG, LONGEST_COUNTED = -0.005, 25, 50
#: What is worth less than this says nothing by itself.
LEAST = 0.2

# -- by the section of the brief -----------------------------------------------------------------

#: A plain sentence has so many words; for each word more or fewer, among findings and elsewhere.
PLAIN = range(10, 26)
MISFIT_FINDING, MISFIT = -0.012, -0.01
#: All its words being rare ones, outside the findings.
RARE_WORDS = -0.5
#: Above whatever the other criteria sum up to: what the ranker alone decides.
ALONE = 10.0
#: A bottom line that concludes, that says what was not found, whose words are all rare, and for
#: each word that it is too long or too short. The ranker's score, in ROUGE, is added as it is.
CONCLUDES, DENIES, BOTTOM_LINE_RARE, BOTTOM_LINE_MISFIT = 0.15, -0.08, -0.2, -0.02
#: Advice in so many words, which may take long; an aim from the introduction; what was known or
#: tried, rather than what was done.
ASKS, ASKS_LENGTH, INTRODUCES, KNOWN = 0.25, 0.005, 0.3, 0.2
#: What each part of a sentence on the sample is worth, and what its salience counts beside.
SAMPLE_PARTS = {"size": 0.35, "place": 0.3, "time": 0.2, "design": 0.15}
SAMPLE_SALIENCE = 0.5


#: So many numbers make a sentence heavy.
HEAVY = 3

# -- together ------------------------------------------------------------------------------------

#: What a point of coverage is worth beside what a candidate is worth by itself.
COVERAGE = 7.0
#: How much of what a paper says is in its summaries, in what it concludes, and in all it says.
#: Halving or doubling one of them moves the mean recall of the digests by less than a point.
SHARES = {"summary": 0.5, "conclusion": 0.25, "all": 0.25}

# -- what is said in an exchange -----------------------------------------------------------------

#: What the length of a spoken sentence is worth: up to so many words, this factor.
SHAPE = ((6, 0.2), (8, 0.7), (24, 1.0), (35, 0.8), (45, 0.5))
LONGER = 0.2
#: For each cue of its kind, up to ``MOST_CUES``; speaking to somebody; naming a thing or a number.
CUE, MOST_CUES, ADDRESSED, SPECIFIC = 0.1, 3, -0.2, 0.15
#: What an exchange's bottom line may be taken from, best first.
OUTCOME: dict[PointKind, float] = {
    "decision": 0.15,
    "commitment": 0.05,
    "evidence": 0.05,
    "innovation": 0.05,
    "barrier": 0.05,
}
