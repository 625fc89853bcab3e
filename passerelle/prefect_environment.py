"""What is known of Prefect without it: its environment, its schedule, where its pages are.

In: an environment and the home folder. Out: the same environment, completed; what the user has
set stays as it is. Prefect reads its settings as it is imported, so whoever imports it calls this
first; nothing here imports it.
"""

from __future__ import annotations

import socket
from collections.abc import MutableMapping
from pathlib import Path

#: Where the pages that we link to stand, below the server's address.
PAGES = "/v2"

#: Where our own pages stand, in front of Prefect's.
DESK = "/desk"

#: The page where drafts wait.
QUEUE = f"{PAGES}/runs?state=Suspended,Paused"


#: The work pool of every deployment, as ``prefect.yaml`` names it.
POOL = "passerelle"

#: The work queue of the review runs in that pool.
REVIEW_QUEUE = "reviews"


def worker_name() -> str:
    """The worker of this machine, as runs remember it."""
    return f"{POOL} on {socket.gethostname()}"


def set_prefect_defaults(environment: MutableMapping[str, str], home: Path) -> None:
    """Keep Prefect to itself and inside ``home``; what the user has set stays as it is.

    Prefect reads these when it is imported; later they would only mislead its child processes.
    """
    defaults = {
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_HOME": str(home / "prefect"),
        "PREFECT_RESULTS_DEFAULT_SERIALIZER": "json",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "300",  # slow at first, and under load
        "PREFECT_API_REQUEST_TIMEOUT": "300",  # a night isn't lost to a server that is busy
    }
    for name, value in defaults.items():
        environment.setdefault(name, value)


def schedule_in_force() -> dict[str, str]:
    """When the night starts and in which time zone, as a step of ``prefect.yaml`` asks for it.

    Prefect would leave ``{{ $PASSERELLE_SCHEDULE }}`` as it stands where that isn't set.
    """
    from passerelle.settings import settings

    return {"schedule": settings().schedule, "timezone": settings().timezone}
