"""Figures of the backups for Prometheus, in a file that a node exporter reads (its textfile collector)."""

from datetime import datetime
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, write_to_textfile

from siteauto.core.backup_state import BackupState
from siteauto.core.errors import StoreError
from siteauto.core.night import Night

DEVICE = ("site", "device")


def write_metrics(file: Path, night: Night, state: BackupState) -> None:
    """Write all figures anew; a reader sees the old file or the new one. Raises StoreError."""
    registry = CollectorRegistry()
    _of_devices(registry, night, state)
    for name, words, value in (
        ("run_timestamp_seconds", "When the last run ended.", _seconds(night.at)),
        ("run_duration_seconds", "How long the last run took.", night.seconds),
        ("run_exit_code", "Exit code of the last run: 0 is well.", night.exit_code),
        (
            "run_troubles",
            "What went wrong beside devices: a site's data, repository, push.",
            len(night.troubles),
        ),
        ("devices_stale", "Devices whose last proven copy is too old, or that have none.", len(night.stale)),
        ("leaks_masked", "Secrets that only the last gate before a commit found, ever.", state.masked),
    ):
        Gauge(f"siteauto_backup_{name}", words, registry=registry).set(value)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_to_textfile(str(file), registry)
    except OSError as error:
        raise StoreError(
            f"The metrics file {file} cannot be written",
            found=error.strerror or str(error),
            next_step="Mend the permissions, or correct `metrics` in your settings file",
        ) from error


def _of_devices(registry: CollectorRegistry, night: Night, state: BackupState) -> None:
    proven = Gauge(
        "siteauto_backup_proven_timestamp_seconds",
        "When a device was last seen to run what is stored of it; 0: never.",
        DEVICE,
        registry=registry,
    )
    age = Gauge("siteauto_backup_age_seconds", "Age of that when the run ended.", DEVICE, registry=registry)
    failures = Gauge("siteauto_backup_failures", "Failed runs in a row.", DEVICE, registry=registry)
    verdict = Gauge("siteauto_backup_verdict", "1 for how the last try ended.", (*DEVICE, "status"), registry=registry)
    for one in night.freshness:
        known = state.devices.get(one.device)
        proven.labels(one.site, one.device).set(_seconds(known.proven) if known and known.proven else 0)
        if one.hours is not None:
            age.labels(one.site, one.device).set(one.hours * 3600)
        failures.labels(one.site, one.device).set(known.failures if known else 0)
        verdict.labels(one.site, one.device, one.status or "never").set(1)


def _seconds(at: str) -> float:
    return datetime.fromisoformat(at).timestamp()
