"""A site that is to be: what an operator says of it, and the file that says it with gaps for what is not known yet."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network

from siteauto.core.errors import UsageError
from siteauto.core.site.addressing import SubnetRequest, plan_subnets

ADDRESS = re.compile(r"(?P<street>.+?),\s*(?P<city>[^,]+?),\s*(?P<state>[A-Z]{2})\s+(?P<zip>\d{5}(-\d{4})?)")
PLAIN = re.compile(r"[A-Za-z][\w .'&/-]*")
NUMBERED = re.compile(r"\d+ [A-Za-z][\w .'&/-]*")  # 680 Madison Ave
CIRCUIT_GAPS = {
    "provider": "provider",
    "id": "circuit id",
    "rate": "Mbit/s down/up",
    "address": "our address with prefix length or dhcp",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetAddress:
    """Where a site is."""

    street: str
    city: str
    state: str
    postcode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDevice:
    """A box of the archetype. What is None has to come from the site: a model, a MAC address."""

    short: str
    model: str | None
    known_models: tuple[str, ...] = ()
    needs_model: bool = True
    needs_mac: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSite:
    """All that the file of a new site says. `circuits` have the keys that nobody has given yet."""

    name: str
    archetype: str
    address: StreetAddress
    timezone: str
    supernet: IPv4Network
    circuits: Mapping[str, Sequence[str]]
    devices: Sequence[NewDevice]
    first_line: str = ""  # a comment that other site files begin with


def parse_address(text: str) -> StreetAddress:
    """`680 Madison Ave, New York, NY 10065`. Raises UsageError for anything else."""
    match = ADDRESS.fullmatch(text.strip())
    if match is None:
        raise UsageError(
            f"{text!r} is not an address that siteauto can read",
            expected="street, city, state and postcode, such as: 680 Madison Ave, New York, NY 10065",
            next_step="Give it in this form",
        )
    return StreetAddress(street=match["street"], city=match["city"], state=match["state"], postcode=match["zip"])


def supernet_prefix(prefixes: Sequence[int]) -> int:
    """The prefix length of the smallest supernet that holds subnets of these sizes."""
    requests = [SubnetRequest(role=str(place), prefix=prefix) for place, prefix in enumerate(prefixes)]
    fitting = (p for p in range(30, 7, -1) if not plan_subnets(IPv4Network((0, p)), requests).unplaced)
    return next(fitting, 8)


def site_text(site: NewSite) -> str:
    """The file of a new site. Gaps are values such as `<serial number of sw1>`."""
    lines = [
        *([site.first_line] if site.first_line else []),
        f"site: {site.name}",
        f"archetype: {site.archetype}",
        f"address: {{{_address(site.address)}}}",
        f"timezone: {site.timezone}",
        f"supernet: {site.supernet}",
        *_block("circuits", {name: _circuit(keys) for name, keys in site.circuits.items()}),
        *_block("devices", {device.short: _device(device) for device in site.devices}),
    ]
    return "\n".join(lines) + "\n"


def _address(where: StreetAddress) -> str:
    words = {"street": _word(where.street), "city": _word(where.city), "state": _word(where.state)}
    return ", ".join(f"{key}: {word}" for key, word in words.items()) + f', zip: "{where.postcode}"'


def _block(name: str, members: Mapping[str, str]) -> list[str]:
    return [f"{name}:", *(f"  {key}: {{{text}}}" for key, text in members.items())] if members else []


def _circuit(keys: Sequence[str]) -> str:
    return ", ".join(f"{key}: <{CIRCUIT_GAPS[key]}>" for key in keys)


def _device(device: NewDevice) -> str:
    known = f" such as {device.known_models[0]}" if device.known_models else ""
    parts = [f"model: {device.model or f'<model{known}>'}"] if device.needs_model else []
    parts.append(f"serial: <serial number of {device.short}>")
    if device.needs_mac:
        parts.append(f"mac: <MAC address of {device.short}>")
    return ", ".join(parts)


def _word(text: str) -> str:
    """A text as YAML in a flow mapping, quoted where it could mean something else."""
    if PLAIN.fullmatch(text) or NUMBERED.fullmatch(text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
