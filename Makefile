# make setup     the environment in .venv, with every version pinned
# make demo      two sample documents, from source to brief, in ./demo
# make test      what must hold before a change is merged
# make train     every artefact of models/weights again, from the data in DATA
# make evaluate  the quality figures, on the data in DATA
# make bench     the measurements of speed and coverage, on the data in DATA
.PHONY: setup demo test lint train evaluate bench

PYTHON ?= python3
DATA ?= ../shared/data
BIN := .venv/bin
READY := .venv/.ready

setup: $(READY)

$(READY): pyproject.toml .ci/constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -c .ci/constraints.txt -e '.[dev]'
	touch $@

demo: setup
	PASSERELLE_HOME=$(CURDIR)/demo HF_HUB_OFFLINE=1 $(BIN)/passerelle draft \
		corpus/samples/street-trees.xml corpus/samples/heat-exchange.vtt --out demo/briefs

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports

# The licences of the default install are listed, and none may be GPL or AGPL.
test: lint
	$(BIN)/python tests/helpers/licences.py
	HF_HUB_OFFLINE=1 $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

# The public data stay outside the repository; DATA names their folder.
train: setup
	$(BIN)/python benchmarks/translation_features.py $(DATA)/pairs
	$(BIN)/python -m models.training.again $(DATA)

# evaluate/SUITE/FILE measures one suite on one file of DATA.
EVALUATED := \
	parser/ud_english_ewt/test.conllu.xz parser/ud_french_sequoia/test.conllu.xz \
	sentences/ud_english_ewt/test.conllu.xz sentences/ud_french_sequoia/test.conllu.xz \
	roles/csabstruct/dev.jsonl.xz tldr/scitldr/dev.jsonl.xz \
	strength/claim_strength/pubmed_dev.jsonl.xz strength/claim_strength/press_dev.jsonl.xz \
	exaggeration/exaggeration/train.jsonl.xz readability/clear/dev.jsonl.xz \
	edits/edits/dev.jsonl parity/pairs/dev.jsonl slots/slots/dev.jsonl

evaluate: $(EVALUATED:%=evaluate/%)
	$(BIN)/passerelle evaluate edits --data benchmarks/edits/unseen.jsonl
	$(BIN)/passerelle evaluate edits --data benchmarks/edits/unseen_round3.jsonl
	$(BIN)/passerelle evaluate edits --data benchmarks/edits/unseen_round5.jsonl
	$(BIN)/python benchmarks/unseen_exchanges.py $(DATA) --aside
	$(BIN)/passerelle evaluate faults --data $(DATA)/papers
	$(BIN)/python benchmarks/brief_quality.py $(DATA)/papers corpus/samples
	$(BIN)/python benchmarks/paraphrases.py $(DATA)/papers/elife0*.xml $(DATA)/papers/elife-14093-v1.xml
	$(BIN)/python benchmarks/digest_coverage.py $(DATA)/papers/elife*.xml
	$(BIN)/python benchmarks/draft_cost.py $(DATA)/papers/*.nxml
	$(BIN)/python benchmarks/readability_pairs.py $(DATA)/pairs/documents
	$(BIN)/python benchmarks/encoder_speed.py $(DATA)/csabstruct/dev.jsonl.xz

evaluate/%: setup
	@echo "$*"
	@$(BIN)/passerelle evaluate $(firstword $(subst /, ,$*)) --data $(DATA)/$(patsubst $(firstword $(subst /, ,$*))/%,%,$*)

# a mark that is missed ("-") doesn't keep the other figures from being printed
bench: setup
	-$(BIN)/python benchmarks/jats_coverage.py $(DATA)/papers
	-$(BIN)/python benchmarks/pdf_against_jats.py $(DATA)/papers
	-$(BIN)/python benchmarks/mutated_inputs.py
	$(BIN)/python benchmarks/qmsum_to_webvtt.py $(DATA)/qmsum_committee/val.jsonl.xz build/qmsum/val
	$(BIN)/python benchmarks/qmsum_to_webvtt.py $(DATA)/qmsum_committee/train.jsonl.xz build/qmsum/train
	$(BIN)/python -m pip install --quiet --target build/peers pubmed_parser pdfplumber
	$(BIN)/python benchmarks/reader_speed.py $(DATA)/papers build/qmsum/val
	-$(BIN)/python benchmarks/contract.py $(DATA)/papers build/qmsum/val build/qmsum/train
	$(BIN)/python benchmarks/draft_cost.py $(DATA)/papers/*.nxml
	$(BIN)/python benchmarks/draft_limits.py $(DATA)/papers/mds526.nxml build/qmsum/val/*.vtt
	-$(BIN)/python benchmarks/mutants.py --count 30
	$(BIN)/python benchmarks/desk_speed.py
	$(BIN)/python benchmarks/answer_seconds.py
	-$(BIN)/python benchmarks/races.py
	-$(BIN)/python benchmarks/night_cost.py $(DATA)/csabstruct/dev.jsonl.xz
	-$(BIN)/python benchmarks/intake.py poison
	-$(BIN)/python benchmarks/intake.py kills
	-$(BIN)/python benchmarks/intake.py store
	-$(BIN)/python benchmarks/dask_speed.py $(DATA)/csabstruct/dev.jsonl.xz
