"""Wire backups: where copies go, who can open them, and who reads them again."""

import contextlib
from collections.abc import Callable, Mapping
from pathlib import Path

from siteauto.adapters.age_seal import AgePair, AgeSealer, new_pair, unseal
from siteauto.adapters.backup_history import BackupHistory
from siteauto.adapters.git_store import GitStore
from siteauto.adapters.operator_settings import read_backup_settings
from siteauto.adapters.state_folder import StateFolder
from siteauto.adapters.whole_files import create_file
from siteauto.adapters.yaml_backup_policy import read_backup_policy
from siteauto.adapters.yaml_inventory.inventory import YamlInventory
from siteauto.app.runs import operator
from siteauto.app.secrets import open_secrets
from siteauto.app.settings import Settings
from siteauto.app.where import Where, find_target
from siteauto.core.backup_policy import BackupPolicy
from siteauto.core.comparable import diff_copies, fingerprint
from siteauto.core.config import SecretBook
from siteauto.core.errors import UsageError
from siteauto.core.leaks import Gated, gate
from siteauto.core.platform_spec import PlatformSpec
from siteauto.core.ports import Copies
from siteauto.core.redact import redact_known
from siteauto.core.stored_copy import Comparison, FoundCopy
from siteauto.platforms import load_platforms
from siteauto.workflows.site_run import Archive

LAB_IDENTITY = "backup-identity"  # beside a lab's backups: who has the lab may open them


def backup_policy(settings: Settings) -> BackupPolicy:
    """The company's policy with what this operator's settings add. Raises InputError, UsageError."""
    return read_backup_settings(settings.environment, settings.root, read_backup_policy(settings.root))


def make_archive(settings: Settings, where: Where, book: SecretBook, logins: Mapping[str, str]) -> Archive:
    """Where this target's copies go, sealed to whom the policy names; a lab's to the lab's own identity.

    `logins` are the passwords that the run may use, by name: none of them may be in a text that is committed.
    """

    def redacted(platform: PlatformSpec, text: str) -> str:
        return redact_known(platform.config, text, book)

    def stands_for(platform: PlatformSpec, text: str) -> str:
        return fingerprint(platform, text, book.key)

    def gated(text: str) -> Gated:
        return gate(text, known, book.key)

    folder, known = where.backups, {**book.values, **logins}
    recipients = (_lab_pair(folder)[0],) if where.lab else backup_policy(settings).sealed_to
    return Archive(
        store=GitStore(folder, AgeSealer(recipients)),
        redact=redacted,
        gate=gated,
        fingerprint=stands_for,
        folder=str(folder / "config"),
    )


def make_pair() -> AgePair:
    """A new key pair for sealed backups; it is kept nowhere."""
    return new_pair()


def accepted_by(reason: str) -> str:
    """Who accepts what was lost, and why; empty: nobody."""
    return f"{operator()}: {reason}" if reason else ""


def open_copies(settings: Settings, device: str, folder: Path | None = None) -> Copies:
    """Every stored copy of a device: of its lab while that is up, else of the live one, or those in a folder given."""
    if folder is not None:
        return BackupHistory(folder)
    where = _where(settings, device)
    return BackupHistory(where.backups if where is not None else settings.backups_of_live_devices())


def compare_copies(settings: Settings, device: str, at: tuple[str, str], folder: Path | None = None) -> Comparison:
    """What differs between a device's copies of two moments or commits. Raises UsageError where there is none."""
    copies = open_copies(settings, device, folder)
    before, now = (copies.find(device, one) for one in at)
    platform = load_platforms(settings.own_platforms).get(now.record.platform)
    if platform is None:
        raise UsageError(
            f"There is no platform {now.record.platform}",
            expected="the platform file that the copy was made with",
            next_step=f"Compare with: git diff {before.version.commit[:12]} {now.version.commit[:12]}",
        )
    names = (f"{device} {before.version.at}", f"{device} {now.version.at}")
    text = diff_copies(platform, before.redacted, now.redacted, names=names)
    return Comparison(before=before.version, now=now.version, text=text)


def make_unsealer(settings: Settings, device: str) -> Callable[[FoundCopy], bytes]:
    """What opens sealed copies of this device on this machine.

    The identity is a secret as any other: secret://backup/identity unless the settings name another. Raises SecretError
    where it has no value here, and StoreError for a copy that it does not open.
    """
    opened = make_opener(settings, device)
    return lambda copy: opened(copy.sealed)


def open_part(settings: Settings, copy: FoundCopy, name: str) -> bytes:
    """A further file of a copy, unsealed. Raises UsageError where the copy has none of this name."""
    sealed = dict(copy.parts).get(name)
    if sealed is None:
        raise UsageError(
            f"The copy of {copy.record.device} has no file {name}",
            expected=", ".join(copy.record.parts) or "none: this copy is its text alone",
        )
    return make_opener(settings, copy.record.device)(sealed)


def make_opener(settings: Settings, device: str) -> Callable[[bytes], bytes]:
    """The same for sealed bytes, whatever of a copy they are."""
    where = _where(settings, device)

    def opened(sealed: bytes) -> bytes:
        if where is not None and where.lab:
            return unseal(sealed, _lab_pair(where.backups)[1])
        secrets = open_secrets(settings, StateFolder(settings.state).secrets, lab=False)
        return unseal(sealed, secrets.resolve(backup_policy(settings).identity))

    return opened


def _where(settings: Settings, device: str) -> Where | None:
    """The target of the site that a device's name begins with; None: no site of the inventory."""
    inventory = YamlInventory(settings.inventory, load_platforms(settings.own_platforms))
    found = max((name for name in inventory.sites() if device.startswith(f"{name}-")), key=len, default=None)
    return find_target(settings, inventory.site(found)) if found is not None else None


def _lab_pair(folder: Path) -> tuple[str, str]:
    """Recipient and identity of a lab, made once."""
    file = folder / LAB_IDENTITY
    if not file.exists():
        pair = new_pair()
        with contextlib.suppress(FileExistsError):  # another run was faster
            create_file(file, f"{pair.recipient}\n{pair.identity}\n".encode(), mode=0o600)
    recipient, _, identity = file.read_text(encoding="ascii").strip().partition("\n")
    return recipient, identity
