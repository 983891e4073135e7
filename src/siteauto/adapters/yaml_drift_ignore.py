"""`drift-ignore.yaml`, at the top of the repository: the drift that somebody has agreed to live with."""

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from siteauto.adapters.yaml_documents import Node, read_document
from siteauto.adapters.yaml_inventory.findings import findings_of_schema
from siteauto.adapters.yaml_inventory.schema import Part
from siteauto.adapters.yaml_inventory.words import Text
from siteauto.core.drift.ignore import ANY, IgnoreRule
from siteauto.core.errors import Finding, InputError

FILE = "drift-ignore.yaml"
SCOPE = ("site", "device", "role", "platform", "section", "path")


class IgnorePart(Part):
    """One agreement."""

    reason: Text
    owner: Text
    expires: date
    starts: date | None = Field(default=None, alias="from")
    site: Text = ANY
    device: Text = ANY
    role: Text = ANY
    platform: Text = ANY
    section: Text = ANY
    path: Text = ANY


class IgnoreDocument(Part):
    """The shape of the file."""

    version: Literal["1"]
    ignore: tuple[IgnorePart, ...]


def read_drift_ignores(root: Path) -> tuple[IgnoreRule, ...]:
    """The rules of a repository; none where it has no such file. Raises InputError with all that is wrong."""
    if not (root / FILE).exists():
        return ()
    node, findings = read_document(root / FILE, FILE)
    if node is None or findings:
        raise InputError(findings)
    try:
        document = IgnoreDocument.model_validate(node.plain())
    except ValidationError as error:
        raise InputError(findings_of_schema(error, node, IgnoreDocument)) from error
    rules = tuple(_rule(part, node.find(("ignore", number))) for number, part in enumerate(document.ignore))
    if wrong := tuple(finding for number, rule in enumerate(rules) for finding in _check(rule, node, number)):
        raise InputError(wrong)
    return rules


def _rule(part: IgnorePart, node: Node) -> IgnoreRule:
    return IgnoreRule(
        reason=part.reason,
        owner=part.owner,
        expires=part.expires,
        starts=part.starts,
        place=node.place,
        site=part.site,
        device=part.device,
        role=part.role,
        platform=part.platform,
        section=part.section,
        path=part.path,
    )


def _check(rule: IgnoreRule, root: Node, number: int) -> tuple[Finding, ...]:
    found = []
    if all(getattr(rule, name) == ANY for name in SCOPE):
        message = "the rule would hide all drift of the company"
        help_ = f"say what it is about: {', '.join(SCOPE)}"
        found.append(Finding(code="E3001", message=message, place=rule.place, help=help_))
    if rule.starts is not None and rule.starts > rule.expires:
        place = root.find(("ignore", number, "from")).place
        message = f"the rule starts on {rule.starts}, after its end on {rule.expires}"
        found.append(Finding(code="E3002", message=message, place=place))
    return tuple(found)
