"""Who works on a site, since when, and when that must be over."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from siteauto.core.errors import UsageError
from siteauto.core.models import SiteName

LOOKING = timedelta(minutes=10)  # to look, plan, and have it approved; the change's own window comes after it


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """A site in one run's hands. After `until` its devices have undone whatever the run has not confirmed."""

    run: str
    by: str
    since: datetime
    until: datetime


def lease_text(lease: Lease) -> str:
    """The lease as it is written."""
    times = {"since": lease.since.isoformat(timespec="seconds"), "until": lease.until.isoformat(timespec="seconds")}
    return json.dumps({"run": lease.run, "by": lease.by, **times})


def read_lease(text: str) -> Lease | None:
    """The lease that was written; None: it says nothing."""
    try:
        data = json.loads(text)
        times = {name: datetime.fromisoformat(data[name]) for name in ("since", "until")}
        return Lease(run=data["run"], by=data["by"], **times)
    except (ValueError, KeyError, TypeError):
        return None


def taken(site: SiteName, lease: Lease | None, now: datetime) -> UsageError:
    """What a second operator is told."""
    if lease is None:
        return UsageError(
            f"{site} is being changed by another run",
            expected="one run per site at a time",
            found="a run that did not say who it is",
            next_step="Wait for it to end, then try again",
        )
    over = now >= lease.until
    return UsageError(
        f"{site} is being changed by {lease.by}",
        expected="one run per site at a time",
        found=f"run {lease.run}, since {_time(lease.since)}, until {_time(lease.until)} at the latest",
        next_step=f"Its time is over, and its process still runs: it waits for its operator, or hangs. Ask {lease.by}; "
        f"when it is ended, type: siteauto resume {site}"
        if over
        else "Wait for it to end, then try again",
    )


def _time(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M:%S %Z}".strip()
