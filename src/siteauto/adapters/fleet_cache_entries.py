"""What the fleet cache keeps, as values and as bytes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from ipaddress import IPv4Network
from typing import Any

from siteauto.core.errors import Finding, Place
from siteauto.core.intent import RenderedConfig
from siteauto.core.models import DeviceName, SecretRef, Site
from siteauto.core.site.company_rules import Claim, Own


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSite:
    """A sound site. `logins` are the secrets that it needs beside those in its texts."""

    claim: Claim
    notes: tuple[Finding, ...]
    logins: tuple[SecretRef, ...]
    archetype: str
    timezone: str
    offset: tuple[int, bool]


def known_site(site: Site, claim: Claim, notes: Sequence[Finding]) -> KnownSite:
    """What is to be remembered of a sound site."""
    return KnownSite(
        claim=claim,
        notes=tuple(notes),
        logins=tuple(one.password for one in site.backup_only),
        archetype=site.archetype,
        timezone=site.timezone,
        offset=(site.utc_offset_hours, site.dst),
    )


def claim_data(claim: Claim) -> dict[str, object]:
    """A claim as plain data."""
    return asdict(claim) | {"supernet": str(claim.supernet) if claim.supernet else None}


def claim_from(data: Mapping[str, Any]) -> Claim:
    """The claim that plain data means."""
    owned = (Own(**(each | {"path": tuple(each["path"])})) for each in data["owned"])
    supernet = IPv4Network(data["supernet"]) if data["supernet"] else None
    return Claim(site=data["site"], supernet=supernet, state=data["state"], owned=tuple(owned))


def known_bytes(known: KnownSite) -> bytes:
    """What is known of a site, as bytes."""
    return json.dumps(asdict(known) | {"claim": claim_data(known.claim)}).encode()


def known_from(body: bytes) -> KnownSite:
    """What the bytes say."""
    data = json.loads(body)
    notes = (
        Finding(**(each | {"place": Place(**each["place"]), "notes": tuple(each["notes"])})) for each in data["notes"]
    )
    return KnownSite(
        claim=claim_from(data["claim"]),
        notes=tuple(notes),
        logins=tuple(SecretRef(**each) for each in data["logins"]),
        archetype=data["archetype"],
        timezone=data["timezone"],
        offset=tuple(data["offset"]),
    )


def texts_bytes(texts: Mapping[DeviceName, RenderedConfig]) -> bytes:
    """A line that says what follows, then the texts as they are: they are long, and escaping them takes time."""
    encoded = [(text, text.text.encode()) for text in texts.values()]
    head = [[text.device, len(content), text.sources] for text, content in encoded]
    return b"".join((json.dumps(head).encode(), b"\n", *(content for _, content in encoded)))


def texts_from(body: bytes) -> dict[DeviceName, RenderedConfig]:
    """The configurations in the bytes."""
    head, _, rest = body.partition(b"\n")
    found, start = {}, 0
    for device, length, sources in json.loads(head):
        text = rest[start : start + length].decode()
        found[DeviceName(device)] = RenderedConfig(device=DeviceName(device), text=text, sources=tuple(sources))
        start += length
    return found
