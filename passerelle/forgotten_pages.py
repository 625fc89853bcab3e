"""What Prefect's pages still show of documents that were forgotten: found there, and removed.

The store keeps the ids of forgotten briefs until nobody shows them any more. Their artifacts and
the runs of their reviews are removed, and so are the runs that drafted them or took in their
translations on demand; nights' digests lose their lines about them. All of it can be done twice.
Prefect's events are out of reach: its server keeps them for some days and then removes them.

In: an open ``Store``, and Prefect's API in reach. Out: what was removed.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

from passerelle.prefect_environment import set_prefect_defaults
from passerelle.settings import settings

if "prefect" not in sys.modules:
    set_prefect_defaults(os.environ, settings().home)

# Only now: Prefect reads its settings from the environment as it is imported.
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import ArtifactUpdate
from prefect.client.schemas.filters import (
    ArtifactFilter,
    ArtifactFilterKey,
    DeploymentFilter,
    DeploymentFilterName,
)
from prefect.client.schemas.objects import Artifact
from prefect.exceptions import ObjectNotFound

from corpus.store import Store, all_forgotten, forgotten_briefs
from passerelle import nights

#: How many of its records Prefect gives at once.
_PAGE = 200

#: Deployments whose runs are about one brief.
_ABOUT_A_BRIEF = ["review-brief", "unpublish-brief", "import-translation"]

#: Artifacts of runs that somebody started for some documents: these go whole, with the run.
_ON_DEMAND = ("drafts", "translation")

#: How long whoever forgot a document has time to clear the pages, before the review worker does.
GRACE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Cleared:
    """What was removed from the pages."""

    artifacts: int = 0
    runs: int = 0
    digests: int = 0
    """Nights' digests that have lost their lines about it."""


def clear(store: Store, client: SyncPrefectClient | None = None) -> Cleared:
    """Remove what the pages show of forgotten briefs, and note in the store that it is done."""
    briefs = forgotten_briefs(store)
    if not briefs:
        return Cleared()
    if client is None:
        with get_client(sync_client=True) as own:
            return clear(store, own)
    artifacts, runs = _of_briefs(client, briefs)
    digests = 0
    for artifact in _artifacts(client, ["night-digest", *_ON_DEMAND]):
        text = str(artifact.data or "")
        left = nights.without(text, briefs)
        if artifact.key in _ON_DEMAND and any(brief in text for brief in briefs):
            artifacts.add(artifact.id)
            runs |= {artifact.flow_run_id} if artifact.flow_run_id else set()
        elif left != text:
            client.update_artifact(artifact.id, ArtifactUpdate(data=left))
            digests += 1
    for id in artifacts:
        with suppress(ObjectNotFound):
            client.delete_artifact(id)
    for id in runs:
        with suppress(ObjectNotFound):
            client.delete_flow_run(id)
    all_forgotten(store, briefs)
    return Cleared(len(artifacts), len(runs), digests)


def clear_what_was_left(store: Store, client: SyncPrefectClient) -> None:
    """Clear the pages of what somebody forgot a while ago, and couldn't clear there."""
    if forgotten_briefs(store, before=datetime.now(UTC) - GRACE):
        clear(store, client)


def artifact_key(brief_id: str) -> str:
    """The key of a brief's artifact: lower-case letters, digits and dashes, as Prefect asks."""
    return "brief-" + re.sub(r"[^a-z0-9]+", "-", brief_id.lower()).strip("-")


def _of_briefs(client: SyncPrefectClient, briefs: Collection[str]) -> tuple[set[UUID], set[UUID]]:
    """The artifacts of some briefs, and the runs that are about them."""
    keys = [artifact_key(brief) for brief in briefs]
    artifacts = {artifact.id for artifact in _artifacts(client, keys)}
    about = DeploymentFilter(name=DeploymentFilterName(any_=_ABOUT_A_BRIEF))
    runs: set[UUID] = set()
    for offset in count(0, _PAGE):
        page = client.read_flow_runs(deployment_filter=about, limit=_PAGE, offset=offset)
        runs |= {run.id for run in page if run.parameters.get("brief") in briefs}
        if len(page) < _PAGE:
            return artifacts, runs
    raise AssertionError  # count() has no end


def _artifacts(client: SyncPrefectClient, keys: list[str]) -> Iterator[Artifact]:
    wanted = ArtifactFilter(key=ArtifactFilterKey(any_=keys))
    for offset in count(0, _PAGE):
        page = client.read_artifacts(artifact_filter=wanted, limit=_PAGE, offset=offset)
        yield from page
        if len(page) < _PAGE:
            return
