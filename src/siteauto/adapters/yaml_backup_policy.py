"""`backup.yaml`, at the top of the repository: how the company wants its backups."""

from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from siteauto.adapters.yaml_documents import read_document
from siteauto.adapters.yaml_inventory.findings import findings_of_schema
from siteauto.adapters.yaml_inventory.schema import Part
from siteauto.adapters.yaml_inventory.words import Count, Text
from siteauto.core.backup_policy import BackupPolicy
from siteauto.core.errors import InputError

FILE = "backup.yaml"


class PolicyDocument(Part):
    """The shape of the file. Public keys and numbers: it holds no secret, and names no program."""

    version: Literal["1"]
    recipients: tuple[Text, ...] = ()
    escrow: str = ""
    stale_hours: Count = 26
    at_once: Count = 100
    per_site: Count = 16
    down_after: Count = 3
    retries: int = 2
    remote: str = ""


def read_backup_policy(root: Path) -> BackupPolicy:
    """The policy of a repository; the usual one where it has no such file. Raises InputError."""
    if not (root / FILE).exists():
        return BackupPolicy()
    node, findings = read_document(root / FILE, FILE)
    if node is None or findings:
        raise InputError(findings)
    try:
        document = PolicyDocument.model_validate(node.plain())
    except ValidationError as error:
        raise InputError(findings_of_schema(error, node, PolicyDocument)) from error
    return BackupPolicy(**document.model_dump(exclude={"version"}))
