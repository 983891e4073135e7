"""The operator's own settings: a YAML file outside every repository. It alone says which programs know secrets."""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from siteauto.adapters.secret_command import PLACEHOLDERS, CommandLine, CommandSecrets
from siteauto.adapters.secret_programs import Programs
from siteauto.adapters.secret_sources import SecretSource
from siteauto.adapters.secret_vault import VaultFile, VaultSecrets
from siteauto.adapters.yaml_documents import read_document
from siteauto.adapters.yaml_inventory.findings import findings_of_schema
from siteauto.adapters.yaml_inventory.schema import Part
from siteauto.adapters.yaml_inventory.words import Count, Text
from siteauto.core.backup_policy import IDENTITY, BackupPolicy, Notice
from siteauto.core.config.secret_tokens import MARKER
from siteauto.core.errors import InputError, UsageError
from siteauto.core.models import SecretRef

WRITABLE_BY_OTHERS = 0o022


class CommandPart(Part):
    """A program that prints one secret."""

    run: tuple[Text, ...]
    first_line: bool = False
    timeout: Count = 30


class VaultPart(Part):
    """A file that ansible-vault has encrypted."""

    file: Text
    password_file: Text
    under: str = ""
    timeout: Count = 60


class SourcePart(Part):
    """One source of secrets: a program or a vault."""

    command: CommandPart | None = None
    ansible_vault: VaultPart | None = None


class WebhookPart(Part):
    """An address that is told what a run did: a URL, or the secret that holds it."""

    url: Text


class NotifyPart(Part):
    """Somebody who is told: by a webhook, or by a program that reads what there is to say."""

    webhook: WebhookPart | None = None
    command: CommandPart | None = None
    on: tuple[Literal["change", "failure"], ...] = ("change", "failure")


class BackupPart(Part):
    """What this operator's machine does with backups."""

    recipients: tuple[Text, ...] = ()
    escrow: str = ""
    identity: Text = IDENTITY.name
    remote: str = ""
    metrics: str = ""
    notify: tuple[NotifyPart, ...] = ()


class SettingsDocument(Part):
    """The whole file."""

    secrets: tuple[SourcePart, ...] = ()
    backup: BackupPart = BackupPart()


def settings_file(environment: Mapping[str, str]) -> Path:
    """SITEAUTO_SETTINGS, or settings.yaml in the operator's own configuration folder."""
    home = Path(environment.get("HOME", "/"))
    config = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
    return Path(environment.get("SITEAUTO_SETTINGS") or config / "siteauto" / "settings.yaml").expanduser()


def read_sources(environment: Mapping[str, str], repository: Path) -> tuple[SecretSource, ...]:
    """The sources that the operator named, in his order; none without a settings file.

    Raises InputError for what is wrong in the file, UsageError for a file that somebody else could have written.
    """
    programs = Programs(environment=environment, repository=repository)
    document = _read(environment, programs)
    return tuple(_source(part, programs, place) for place, part in enumerate(document.secrets, start=1))


def read_backup_settings(environment: Mapping[str, str], repository: Path, policy: BackupPolicy) -> BackupPolicy:
    """The company's policy with what the operator's machine adds to it. Raises InputError, UsageError."""
    programs = Programs(environment=environment, repository=repository)
    part = _read(environment, programs).backup
    return replace(
        policy,
        recipients=tuple(dict.fromkeys((*policy.recipients, *part.recipients))),
        escrow=part.escrow or policy.escrow,
        identity=SecretRef(name=part.identity.removeprefix(MARKER)),
        remote=part.remote or policy.remote,
        metrics=part.metrics,
        notify=tuple(_notice(one, programs) for one in part.notify),
    )


def _read(environment: Mapping[str, str], programs: Programs) -> SettingsDocument:
    file = settings_file(environment)
    if not file.exists() and not environment.get("SITEAUTO_SETTINGS"):
        return SettingsDocument()
    programs.outside(file)
    _demand_own(file)
    root, findings = read_document(file, str(file))
    if root is None or findings:
        raise InputError(findings)
    try:
        return SettingsDocument.model_validate(root.plain())
    except ValidationError as error:
        raise InputError(findings_of_schema(error, root, SettingsDocument)) from None


def _demand_own(file: Path) -> None:
    try:
        found = file.stat()
    except OSError as error:
        raise UsageError(
            f"The settings file {file} cannot be read",
            found=error.strerror or "",
            next_step="Correct SITEAUTO_SETTINGS, or leave it out",
        ) from error
    if found.st_mode & WRITABLE_BY_OTHERS or found.st_uid not in (os.getuid(), 0):
        raise UsageError(
            f"Others can change the settings file {file}, which names programs to run",
            expected="a file of yours that only you can write to",
            next_step=f"chmod go-w {file}, and look at what is in it",
        )


def _source(part: SourcePart, programs: Programs, place: int) -> SecretSource:
    if part.command is not None and part.ansible_vault is None:
        return CommandSecrets(programs, _command(part.command, programs, place))
    if part.ansible_vault is not None and part.command is None:
        vault = part.ansible_vault
        file = VaultFile(
            file=Path(vault.file).expanduser(),
            password_file=programs.outside(Path(vault.password_file)),
            under=vault.under,
            timeout=vault.timeout,
        )
        return VaultSecrets(programs, file)
    raise UsageError(
        f"Source {place} of your settings file is not one source",
        expected="either command or ansible_vault",
        next_step="Correct the settings file",
    )


def _notice(part: NotifyPart, programs: Programs) -> Notice:
    """Who is told. Raises UsageError where it is not one of a webhook and a program.

    A program that may not be run, or is gone since, is told with the run: no night is lost for it.
    """
    if part.webhook is not None and part.command is None:
        return Notice(url=part.webhook.url, on=part.on)
    if part.command is not None and part.webhook is None and part.command.run:
        name, *arguments = part.command.run
        try:
            return Notice(command=(str(programs.find(name)), *arguments), on=part.on, timeout=part.command.timeout)
        except UsageError as error:
            return Notice(on=part.on, hindrance=str(error))
    raise UsageError(
        "A `notify` of your settings file is not one of a webhook and a command",
        expected="webhook: {url: …} or command: {run: […]}",
        next_step="Correct the settings file",
    )


def _command(part: CommandPart, programs: Programs, place: int) -> CommandLine:
    name, *arguments = part.run or ("",)
    if not any(word in argument for word in ("{name}", "{purpose}") for argument in arguments):
        raise UsageError(
            f"Source {place} of your settings file would print one secret for all names",
            expected=f"one of {', '.join(PLACEHOLDERS)} in its arguments",
            next_step="Correct the settings file",
        )
    home = programs.environment.get("HOME", "")
    return CommandLine(
        program=programs.find(name),
        arguments=[f"{home}{each[1:]}" if each.startswith("~/") else each for each in arguments],
        first_line=part.first_line,
        timeout=part.timeout,
    )
