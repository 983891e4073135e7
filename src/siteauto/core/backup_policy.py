"""How a company wants its backups: who can open them, how old they may be, and how hard the network is asked."""

from dataclasses import dataclass

from siteauto.core.models import SecretRef

IDENTITY = SecretRef(name="backup/identity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Somebody who is told what a run did: a URL (or the secret that holds it), or a program that reads it.

    `on`: change, failure, or both. `hindrance`: why nobody can be told; it is a trouble of the run, and stops none.
    """

    url: str = ""
    command: tuple[str, ...] = ()
    on: tuple[str, ...] = ("change", "failure")
    timeout: int = 30
    hindrance: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupPolicy:
    """What `backup.yaml` and the operator's settings say together.

    Exact texts are sealed to `recipients` and to the `escrow`, whose identity lies where no machine reaches it.
    `identity` is the secret that opens them on this machine, where one is to. Times in hours and seconds.
    """

    recipients: tuple[str, ...] = ()
    escrow: str = ""
    identity: SecretRef = IDENTITY
    stale_hours: int = 26
    at_once: int = 100  # sessions in all
    per_site: int = 16  # and to one site
    down_after: int = 3  # devices of one site that do not answer, and the rest of it is not asked any more
    retries: int = 2  # of what may be a passing trouble; a refused password is none
    remote: str = ""  # where the repository is pushed to
    metrics: str = ""  # the file that a Prometheus node exporter reads
    notify: tuple[Notice, ...] = ()

    @property
    def sealed_to(self) -> tuple[str, ...]:
        """All who can open a sealed text."""
        return tuple(dict.fromkeys((*self.recipients, *((self.escrow,) if self.escrow else ()))))
