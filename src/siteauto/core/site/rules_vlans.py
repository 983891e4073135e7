"""Rules for VLANs, subnets and wireless networks."""

from collections.abc import Iterator
from ipaddress import IPv4Network
from itertools import combinations

from siteauto.core.intent.build_firewall import ANY, INTERNET
from siteauto.core.models import Role, Site, SsidPlan, Subnet
from siteauto.core.site.addressing import next_free
from siteauto.core.site.problems import Problem, Related, nearest
from siteauto.core.site.topology import bridges_vlans

RESERVED_IDS = range(1002, 1006)  # FDDI and Token Ring, on every Catalyst to this day
NEEDED_ROLES = ("mgmt", "parking", "native")
SMALLEST = 30  # a gateway and one host
SECURITIES = ("wpa3-enterprise", "wpa3-sae", "owe")
BANDS_OF_6_GHZ = "6"
WLAN_IDS = range(1, 17)  # the ids that a Catalyst 9800 gives to the default policy tag
LONGEST_SSID = 32  # bytes, IEEE 802.11


def check_vlans(site: Site) -> Iterator[Problem]:
    """Ids, names of roles that a site cannot do without, zones."""
    seen: dict[int, Subnet] = {}
    for subnet in site.subnets:
        if not 1 <= subnet.vlan_id <= 4094 or subnet.vlan_id in RESERVED_IDS:
            yield Problem(
                code="E2101",
                message=f"{subnet.role} has VLAN id {subnet.vlan_id}, expected 1 to 1001 or 1006 to 4094",
                path=("vlans", subnet.role, "id"),
            )
        if subnet.vlan_id in seen:
            other = seen[subnet.vlan_id]
            yield Problem(
                code="E2102",
                message=f"VLAN id {subnet.vlan_id} is used for {subnet.role} and for {other.role}",
                path=("vlans", subnet.role, "id"),
                related=(Related(text=f"{other.role} has {other.vlan_id}", path=("vlans", other.role, "id")),),
            )
        seen.setdefault(subnet.vlan_id, subnet)
    roles = {subnet.role for subnet in site.subnets}
    for role in NEEDED_ROLES:
        if role not in roles:
            message = f"the site has no VLAN with the role {role}"
            yield Problem(code="E2109", message=message, path=("vlans",), at_key=True)


def check_subnets(site: Site) -> Iterator[Problem]:
    """Sizes and places of the subnets, zones, and who serves DHCP."""
    for subnet in site.subnets:
        if not subnet.has_addresses:
            if subnet.role == "mgmt":
                yield Problem(code="E2107", message="mgmt has no subnet: give it a prefix", path=("vlans", "mgmt"))
            continue
        yield from _check_place(subnet, site)
        yield from _check_use(subnet, site)
    pinned = [subnet for subnet in site.subnets if subnet.network is not None]
    for one, other in combinations(pinned, 2):
        if one.network and other.network and one.network.overlaps(other.network):
            later, earlier = (one, other) if one.size is None and other.size is not None else (other, one)
            yield _overlap(later, earlier, site)


def _check_place(subnet: Subnet, site: Site) -> Iterator[Problem]:
    path = ("vlans", subnet.role, "subnet" if subnet.size is None else "prefix")
    prefix = subnet.size if subnet.network is None else subnet.network.prefixlen
    if prefix is not None and not site.supernet.prefixlen <= prefix <= SMALLEST:
        yield Problem(
            code="E2106",
            message=f"{subnet.role} is a /{prefix}, expected /{site.supernet.prefixlen} to /{SMALLEST}",
            path=path,
            related=(Related(text=f"the supernet is {site.supernet}", path=("supernet",)),),
        )
    elif subnet.network is None:
        yield Problem(
            code="E2105",
            message=f"{site.supernet} has no room for {subnet.role} (/{prefix})",
            path=("supernet",),
            related=(Related(text=f"{subnet.role} asks for a /{prefix}", path=path),),
            help="give the site a larger supernet, or make other VLANs smaller",
        )
    elif not subnet.network.subnet_of(site.supernet):
        yield Problem(
            code="E2103",
            message=f"{subnet.role} has {subnet.network}, which is not inside the supernet {site.supernet}",
            path=path,
            help=_free(subnet.network.prefixlen, subnet, site),
        )


def _check_use(subnet: Subnet, site: Site) -> Iterator[Problem]:
    if subnet.zone in ("", INTERNET, ANY):
        found = f"the zone {subnet.zone}, which is a word of siteauto" if subnet.zone else "no zone"
        yield Problem(
            code="E2107",
            message=f"{subnet.role} has addresses but {found}",
            path=("vlans", subnet.role, "zone"),
            help=nearest("", sorted({each.zone for each in site.subnets} - {"", INTERNET, ANY})),
        )
    servers = any(device.role is Role.SERVER for device in site.devices)
    if subnet.dhcp in ("relay", "static") and not servers:
        yield Problem(
            code="E2110",
            message=f"{subnet.role} asks for DHCP, and the site has no server to give it",
            path=("vlans", subnet.role, "dhcp"),
            help="add a device with the role server, or set dhcp: none",
        )


def _overlap(later: Subnet, earlier: Subnet, site: Site) -> Problem:
    prefix = later.network.prefixlen if later.network else SMALLEST
    return Problem(
        code="E2104",
        message=f"VLAN {later.vlan_id} ({later.role}) subnet overlaps VLAN {earlier.vlan_id} ({earlier.role})",
        path=("vlans", later.role, "subnet"),
        related=(Related(text=f"{earlier.role} is {earlier.network}", path=("vlans", earlier.role)),),
        help=_free(prefix, later, site),
    )


def _free(prefix: int, subnet: Subnet, site: Site) -> str:
    others: list[IPv4Network] = [each.network for each in site.subnets if each.network and each.role != subnet.role]
    free = next_free(site.supernet, others, prefix)
    return f"next free /{prefix} in {site.supernet} is {free}" if free else f"{site.supernet} has no free /{prefix}"


# ── wireless ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def check_ssids(site: Site) -> Iterator[Problem]:
    """Security against bands, VLANs, ids and names."""
    roles = [subnet.role for subnet in site.subnets if subnet.has_addresses]
    for index, ssid in enumerate(site.ssids):
        path = ("ssids", ssid.profile)
        yield from _check_security(ssid)
        if ssid.vlan_role not in roles:
            message = f"the SSID {ssid.name} wants the VLAN role {ssid.vlan_role}, which has no subnet here"
            yield Problem(code="E2603", message=message, path=(*path, "vlan"), help=nearest(ssid.vlan_role, roles))
        if ssid.wlan_id not in WLAN_IDS:
            message = f"the SSID {ssid.name} has the WLAN id {ssid.wlan_id}, expected 1 to 16"
            yield Problem(code="E2604", message=message, path=(*path, "id"))
        if not 0 < len(ssid.name.encode()) <= LONGEST_SSID or not ssid.name.isprintable():
            message = f"the SSID {ssid.name!r} must be 1 to {LONGEST_SSID} printable bytes"
            yield Problem(code="E2605", message=message, path=(*path, "ssid"))
        for other in site.ssids[:index]:
            yield from _check_same(ssid, other)
    serving = [each for each in site.devices if each.role in (Role.WLC, Role.AP) and bridges_vlans(each)]
    if site.ssids and not serving:
        yield Problem(code="E2606", message="the site has SSIDs and no wireless controller", path=("ssids",))


def _check_security(ssid: SsidPlan) -> Iterator[Problem]:
    if ssid.security in SECURITIES:
        return
    path = ("ssids", ssid.profile, "security")
    if BANDS_OF_6_GHZ in ssid.bands:
        yield Problem(
            code="E2601",
            message=f"the SSID {ssid.name} is on 6 GHz with {ssid.security}, which 6 GHz does not permit",
            path=path,
            related=(Related(text="its bands", path=("ssids", ssid.profile, "bands")),),
            help=f"use {', '.join(SECURITIES[:-1])} or {SECURITIES[-1]}",
        )
    else:
        yield Problem(
            code="E2602",
            message=f"the SSID {ssid.name} has the security {ssid.security}, which siteauto does not build",
            path=path,
            help=nearest(ssid.security, SECURITIES),
        )


def _check_same(ssid: SsidPlan, other: SsidPlan) -> Iterator[Problem]:
    if ssid.wlan_id == other.wlan_id:
        yield Problem(
            code="E2604",
            message=f"the SSIDs {other.name} and {ssid.name} have the same WLAN id {ssid.wlan_id}",
            path=("ssids", ssid.profile, "id"),
            related=(Related(text=other.name, path=("ssids", other.profile, "id")),),
        )
    if ssid.name == other.name:
        yield Problem(
            code="E2605",
            message=f"two SSIDs have the name {ssid.name}",
            path=("ssids", ssid.profile, "ssid"),
            related=(Related(text=other.profile, path=("ssids", other.profile, "ssid")),),
        )
