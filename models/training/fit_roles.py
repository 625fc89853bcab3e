"""Train the models of sentence roles on CSAbstruct: ``python -m models.training.roles DATA``.

Three models: the encoder that reads whole abstracts (``roles_encoder``), a linear model over
words, and a small logistic regression that weighs the two, fitted on a fifth of the abstracts
that neither has seen; then the first two are trained again on all. A fourth reads features that
English and French share. Each label counts by the agreement of its annotators (``confs``): most
disagreement of the models with the labels is where the annotators disagreed too.

Prints the figures of the model card; the same data and processor give the same weights.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import KFold
from sklearn.pipeline import make_pipeline

from models import abstract_roles as roles
from models import bert, encoder, roles_encoder
from models.artefacts import WEIGHTS
from models.bert import WordPieces
from models.learned import Logistic
from models.roles_features import Features, features
from models.roles_words import described
from models.training.from_sklearn import logistic
from models.training.seal import seal

SEED = 0
FOLDS = 5
LABELS = roles.LABELS


@dataclass(frozen=True, slots=True)
class LabelledAbstract:
    """One annotated abstract."""

    sentences: tuple[str, ...]
    labels: tuple[int, ...]
    """Indices into ``LABELS``."""
    agreement: tuple[float, ...]
    """0 to 1: how far the annotators of each sentence agreed on its label."""


def read(path: Path) -> list[LabelledAbstract]:
    """The abstracts of a CSAbstruct file."""
    import lzma

    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        LabelledAbstract(
            tuple(row["sentences"]),
            tuple(LABELS.index(label) for label in row["labels"]),
            tuple(row["confs"]),
        )
        for row in rows
    ]


def gold(abstracts: Sequence[LabelledAbstract]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Labels of all sentences, and the agreement on each."""
    return (
        np.array([label for one in abstracts for label in one.labels]),
        np.array([value for one in abstracts for value in one.agreement]),
    )


# The encoder -------------------------------------------------------------------------------------

#: Passes over the data, and what is learned in each step: of the layers, and of the new head.
EPOCHS, RATE, HEAD_RATE = 6, 1e-4, 1e-3
#: The embeddings stay as they are, and so many of the lowest layers: with three of them, F1 on
#: sure sentences is 1.4 points lower. Above, the lower a layer the less it is changed (Howard &
#: Ruder 2018).
FROZEN, RATE_DECAY = 0, 0.9
#: Probability spread over the other labels, and share of states dropped before the head. Spreading
#: it as linear models of the other abstracts would (distillation) did not help.
SMOOTHING, DROPOUT = 0.1, 0.1
#: Word pieces in one step, padding included, and the share of steps in which rates still rise.
STEP_TOKENS, WARM_UP = 3000, 0.1


@dataclass(frozen=True, slots=True)
class TokenExample:
    """An abstract as the layers that are trained see it."""

    window: roles_encoder.Window
    states: Any
    """What the frozen layers make of its tokens: float16, shape (n_tokens, 384)."""
    targets: Any
    """The probability that each label should get: float32, shape (n_sentences, 5)."""
    weights: Any
    """How much each sentence counts: float32, shape (n_sentences,)."""


@dataclass(frozen=True, slots=True)
class Trained:
    """The network as transformers trains it; ``of`` gives it as it is read with."""

    pieces: WordPieces
    model: Any
    """A ``BertModel``."""
    head: Any

    def of(self) -> roles_encoder.Network:
        """As ``roles_encoder`` reads with it."""
        fresh = bert.load(encoder.bundled_weights())
        weights = {name: tensor.detach() for name, tensor in self.model.state_dict().items()}
        return roles_encoder.Network(self.pieces, replace(fresh, weights=weights), self.head.eval())


def fine_tuned(abstracts: Sequence[LabelledAbstract], seed: int = SEED) -> roles_encoder.Network:
    """The packaged encoder, its layers fine-tuned on whole abstracts."""
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311 - an order, keeps no secret
    model = roles_encoder.base(attention_probs_dropout_prob=0.0)
    head = torch.nn.Linear(2 * model.config.hidden_size, len(LABELS))
    head.weight.data.mul_(0.3)  # begins near even odds
    pieces = bert.word_pieces(encoder.bundled_weights())
    network = Trained(pieces, model, torch.nn.Sequential(torch.nn.Dropout(DROPOUT), head))
    examples = _examples(network, abstracts)
    groups = _groups(model, head)
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
    rates = [group["lr"] for group in groups]
    steps = [batch for _ in range(EPOCHS) for batch in _shuffled(examples, chance)]
    model.train()
    for step, batch in enumerate(steps):
        share = min((step + 1) / (WARM_UP * len(steps)), max(0.02, 1 - step / len(steps)))
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * share
        optimizer.zero_grad()
        _loss(network, [examples[index] for index in batch]).backward()
        torch.nn.utils.clip_grad_norm_([p for g in groups for p in g["params"]], 1.0)
        optimizer.step()
    return Trained(pieces, model.eval(), head).of()


def _examples(network: Trained, abstracts: Sequence[LabelledAbstract]) -> list[TokenExample]:
    windows = [roles_encoder.tokenized(network.pieces, one.sentences)[0] for one in abstracts]
    states = _frozen_states(network.model, windows)
    examples = []
    for one, window, own in zip(abstracts, windows, states, strict=True):
        count = len(window.spans)
        targets = torch.full((count, len(LABELS)), SMOOTHING / (len(LABELS) - 1))
        targets[torch.arange(count), torch.tensor(one.labels[:count])] = 1 - SMOOTHING
        examples.append(TokenExample(window, own, targets, torch.tensor(one.agreement[:count])))
    return examples


def _through(layers: Any, hidden: Any, batch: dict[str, Any]) -> Any:
    """The states after some of the encoder's layers; padding is never attended to."""
    unseen = torch.where(batch["attention_mask"][:, None, None, :] > 0, 0.0, -1e4)
    for layer in layers:
        hidden = layer(hidden, attention_mask=unseen)
    return hidden


def _frozen_states(model: Any, windows: Sequence[roles_encoder.Window]) -> list[Any]:
    states: dict[int, Any] = {}
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for rows in roles_encoder.batches([len(window.tokens) for window in windows]):
            batch = roles_encoder.padded([windows[row] for row in rows])
            hidden = model.embeddings(input_ids=batch["input_ids"])
            hidden = _through(model.encoder.layer[:FROZEN], hidden, batch)
            for row, own in zip(rows, hidden, strict=True):
                states[row] = own[: len(windows[row].tokens)].to(torch.float16, copy=True)
    return [states[row] for row in range(len(windows))]


def _groups(model: Any, head: Any) -> list[dict[str, Any]]:
    """What is learned, and at which rate."""
    groups = [{"params": list(head.parameters()), "lr": HEAD_RATE}]
    for below, layer in enumerate(reversed(model.encoder.layer[FROZEN:])):
        groups.append({"params": list(layer.parameters()), "lr": RATE * RATE_DECAY**below})
    return groups


def _shuffled(examples: Sequence[TokenExample], chance: random.Random) -> list[list[int]]:
    """One pass over the examples in batches of roughly like length, in random order."""
    lengths = [len(example.window.tokens) + chance.randrange(60) for example in examples]
    batches = roles_encoder.batches(lengths, STEP_TOKENS)
    chance.shuffle(batches)
    return batches


def _loss(network: Trained, examples: Sequence[TokenExample]) -> Any:
    """Cross entropy over the sentences of a batch, weighted by the annotators' agreement."""
    batch = roles_encoder.padded([example.window for example in examples])
    states = [example.states.float() for example in examples]
    hidden = torch.nn.utils.rnn.pad_sequence(states, batch_first=True)
    with torch.autocast("cpu", torch.bfloat16):
        hidden = _through(network.model.encoder.layer[FROZEN:], hidden, batch)
        scores, _ = roles_encoder.scored(network.head, hidden, batch)
    surprise = -scores.float().log_softmax(dim=-1)
    targets = torch.nn.utils.rnn.pad_sequence([e.targets for e in examples], batch_first=True)
    weights = torch.nn.utils.rnn.pad_sequence([e.weights for e in examples], batch_first=True)
    return ((surprise * targets).sum(dim=-1) * weights).sum() / weights.sum()


# Words, blend, order ------------------------------------------------------------------------------

#: Inverse strengths of regularization, by cross-validation on the training file.
WORDS_C, BLEND_C, SHARED_C = 0.1, 1.0, 0.1
#: Sentences in which a name must be found to be learned from.
WORDS_SEEN = 3
#: A label counts by its agreement to this power, likewise.
TRUST = 2
#: How much the order of the labels counts beside what each sentence says, likewise.
ORDER = 0.5


def fitted_words(abstracts: Sequence[LabelledAbstract]) -> Logistic:
    """A logistic regression over what ``roles_words`` finds in a sentence and around it."""
    labels, agreement = gold(abstracts)
    names = CountVectorizer(
        binary=True,
        lowercase=False,
        min_df=WORDS_SEEN,
        token_pattern=r"\S+",  # noqa: S106 - a pattern, no password
    )
    model = make_pipeline(names, LogisticRegression(C=WORDS_C, max_iter=1000))
    rows = [row for one in abstracts for row in described(one.sentences)]
    weights = agreement**TRUST
    return logistic(model.fit(rows, labels, logisticregression__sample_weight=weights))


def fitted_blend(evidence: NDArray[np.float32], abstracts: Sequence[LabelledAbstract]) -> Logistic:
    """The logistic regression that weighs encoder and words; abstracts that neither has seen."""
    labels, agreement = gold(abstracts)
    model = LogisticRegression(C=BLEND_C, max_iter=1000)
    return logistic(model.fit(evidence, labels, sample_weight=agreement**TRUST))


def order(abstracts: Sequence[LabelledAbstract]) -> NDArray[np.float32]:
    """What a label after another is worth: how much likelier it is there than anywhere.

    float32, shape (6, 5), as ``models.roles.decode`` reads it.
    """
    counts = np.ones((len(LABELS) + 1, len(LABELS)))
    for one in abstracts:
        for before, label in zip((-1, *one.labels), one.labels, strict=False):
            counts[before, label] += 1
    rows = counts / counts.sum(axis=1, keepdims=True)
    anywhere = counts.sum(axis=0) / counts.sum()
    return np.asarray(ORDER * np.log(rows / anywhere), dtype=np.float32)


# What both languages share ------------------------------------------------------------------------


def shared_features(abstracts: Sequence[LabelledAbstract]) -> list[list[Features]]:
    """The features of each abstract's sentences, parsed by the English pipeline."""
    from models.parsing import pipeline

    docs = iter(pipeline("en").pipe([text for one in abstracts for text in one.sentences]))
    return [features([next(docs) for _ in one.sentences], "en") for one in abstracts]


def fitted_shared(
    rows: Sequence[Sequence[Features]], abstracts: Sequence[LabelledAbstract]
) -> Logistic:
    """The logistic regression over the features that English and French share."""
    labels, agreement = gold(abstracts)
    model = make_pipeline(DictVectorizer(), LogisticRegression(C=SHARED_C, max_iter=1000))
    table = [row for own in rows for row in own]
    weights = agreement**TRUST
    return logistic(model.fit(table, labels, logisticregression__sample_weight=weights))


# Measuring ---------------------------------------------------------------------------------------

#: The annotators' agreement from which a label is taken as sure: a majority of them.
SURE = 0.45


def figures(
    scores: Sequence[roles.Scores],
    between: NDArray[np.float32],
    abstracts: Sequence[LabelledAbstract],
) -> dict[str, float]:
    """F1 over all sentences, and over those on whose label a majority agreed (``sure``)."""
    labels, agreement = gold(abstracts)
    found = np.array([label for own in scores for label in roles.decode(own, between)])
    sure = agreement > SURE
    return {
        "micro_f1": round(f1_score(labels, found, average="micro"), 4),
        "macro_f1": round(f1_score(labels, found, average="macro"), 4),
        "micro_f1_sure": round(f1_score(labels[sure], found[sure], average="micro"), 4),
    }


def parts(abstracts: Sequence[LabelledAbstract]) -> Iterator[tuple[list[int], list[int]]]:
    """Indices of the abstracts to learn from and to measure on, ``FOLDS`` times."""
    folds = KFold(FOLDS, shuffle=True, random_state=SEED)
    for learned, kept in folds.split(abstracts):
        yield learned.tolist(), kept.tolist()


def _evidence(
    network: roles_encoder.Network, words: Logistic, abstracts: Sequence[LabelledAbstract]
) -> list[NDArray[np.float32]]:
    sentences = [one.sentences for one in abstracts]
    read = [reading.log_probabilities for reading in roles_encoder.read(sentences, network)]
    split = roles.split(roles.by_words(words, sentences), [len(own) for own in sentences])
    return [np.hstack(pair) for pair in zip(read, split, strict=True)]


def _blended(model: Logistic, evidence: Sequence[NDArray[np.float32]]) -> list[roles.Scores]:
    return [roles.log_probabilities(model, own) for own in evidence]


def train_english(abstracts: Sequence[LabelledAbstract], out: Path) -> None:
    """Blend on a held-out fifth, then encoder and words on everything; written to ``out``."""
    learned, kept = next(parts(abstracts))
    held_out = [abstracts[index] for index in kept]
    rest = [abstracts[index] for index in learned]
    evidence = _evidence(fine_tuned(rest), fitted_words(rest), held_out)
    between = order(rest)
    only = [own[:, : len(LABELS)] for own in evidence]
    print("encoder alone, held out:", figures(only, between, held_out), flush=True)
    blended = figures(_cross(evidence, held_out), between, held_out)
    print("blend, held out, cross-fitted:", blended, flush=True)
    blend = fitted_blend(np.concatenate(evidence), held_out)
    blend.write(out / roles.BLEND)
    fitted_words(abstracts).write(out / roles.WORDS)
    write_encoder(fine_tuned(abstracts), out / roles_encoder.CHANGES)


def _cross(
    evidence: Sequence[NDArray[np.float32]], abstracts: Sequence[LabelledAbstract]
) -> list[roles.Scores]:
    """The blend's scores of each held-out abstract by a blend fitted on the others."""
    found: dict[int, roles.Scores] = {}
    for learned, kept in parts(abstracts):
        model = fitted_blend(
            np.concatenate([evidence[i] for i in learned]), [abstracts[i] for i in learned]
        )
        found |= dict(zip(kept, _blended(model, [evidence[i] for i in kept]), strict=True))
    return [found[index] for index in range(len(abstracts))]


def train_shared(abstracts: Sequence[LabelledAbstract], out: Path) -> None:
    """The model for French, measured in English by cross-validation; written to ``out``."""
    rows = shared_features(abstracts)
    found: dict[int, roles.Scores] = {}
    for learned, kept in parts(abstracts):
        model = fitted_shared([rows[i] for i in learned], [abstracts[i] for i in learned])
        for index in kept:
            found[index] = roles.log_probabilities(model, rows[index])
    scores = [found[index] for index in range(len(abstracts))]
    result = figures(scores, order(abstracts), abstracts)
    print("shared features, English, cross-validated:", result, flush=True)
    fitted_shared(rows, abstracts).write(out / roles.SHARED)


def write_encoder(network: roles_encoder.Network, path: Path) -> None:
    """What fine-tuning changed, and the head, as safetensors."""
    fresh = bert.load(encoder.bundled_weights())
    tensors = roles_encoder.changes(fresh.weights, network.model.weights)
    tensors |= {
        f"head.{name}": tensor.detach().half() for name, tensor in network.head.named_parameters()
    }
    save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, path)


def main(data: Path) -> None:
    """Train everything and seal it."""
    out = WEIGHTS / roles.NAME
    out.mkdir(parents=True, exist_ok=True)
    abstracts = read(data / "csabstruct" / "train.jsonl.xz")
    between = [[round(float(value), 4) for value in row] for row in order(abstracts)]
    (out / roles.TRANSITIONS).write_text(json.dumps({"between": between}) + "\n", encoding="utf-8")
    train_shared(abstracts, out)
    train_english(abstracts, out)
    seal(out)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
