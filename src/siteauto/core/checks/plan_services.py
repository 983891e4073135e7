"""Checks of what a device needs and serves: routes, services, time, wireless networks, firewall policies."""

from collections.abc import Iterator
from dataclasses import replace
from ipaddress import IPv4Address, IPv4Network

from siteauto.core.checks import Check
from siteauto.core.intent import DeviceIntent, Policy, Ssid
from siteauto.core.models import Role
from siteauto.core.readings import (
    AccessPointReading,
    ClockReading,
    PingReading,
    PolicyReading,
    RouteReading,
    SsidReading,
)

EVERYTHING = IPv4Network("0.0.0.0/0")
EVERY = ("all",)
PING = "echo-request"


def plan_services(intent: DeviceIntent) -> Iterator[Check]:
    """The default route, what must answer a ping, and the clock."""
    gateway = _default_gateway(intent)
    if gateway is not None:
        yield Check(
            device=intent.device.name,
            kind="default_route",
            subject="default route",
            expected_text=f"via {gateway}",
            expected=(RouteReading(prefix=str(EVERYTHING), next_hop=str(gateway)),),
            next_step="Check the route and the interface towards the gateway",
        )
    for address, names in _ping_targets(intent, gateway).items():
        yield Check(
            device=intent.device.name,
            kind="ping",
            subject=f"{'/'.join(names)} {address}",
            expected_text="answers a ping",
            expected=(PingReading(sent=5, received=5),),
            fill=(("target", str(address)),),
            next_step=f"Follow the path from {intent.device.name} to {address}",
        )
    if intent.organisation.ntp_servers:
        servers = intent.organisation.ntp_servers
        yield Check(
            device=intent.device.name,
            kind="clock",
            subject="clock",
            expected_text=f"synchronised to {' or '.join(map(str, servers))}",
            expected=tuple(ClockReading(synchronised=True, server=str(server)) for server in servers),
            next_step="Check that the server answers; a new server needs some minutes",
        )


def _default_gateway(intent: DeviceIntent) -> IPv4Address | None:
    if intent.device.role is not Role.FIREWALL:
        return intent.management.gateway
    routes = [route for route in intent.routes if route.prefix == EVERYTHING]
    return min(routes, key=lambda route: route.distance).next_hop if routes else None


def _ping_targets(intent: DeviceIntent, gateway: IPv4Address | None) -> dict[IPv4Address, list[str]]:
    organisation = intent.organisation
    named = (
        ("gateway", (gateway,) if gateway is not None else ()),
        ("NTP", organisation.ntp_servers),
        ("DNS", intent.dns_servers or organisation.dns_servers),
        ("syslog", organisation.syslog_hosts),
        ("RADIUS", organisation.radius_servers),
    )
    targets: dict[IPv4Address, list[str]] = {}
    for name, addresses in named:
        for address in addresses:
            targets.setdefault(address, []).append(name)
    return targets


def plan_wireless(intent: DeviceIntent) -> Iterator[Check]:
    """SSIDs and access points of a controller; of an access point that has none, what its own radios send."""
    for ssid in intent.ssids:
        yield from _on_air(intent, ssid) if intent.device.role is Role.AP else _ssid(intent, ssid)
    for point in intent.access_points:
        yield Check(
            device=intent.device.name,
            kind="access_point",
            subject=f"access point {point.name}",
            expected_text=f"joined, {point.model}",
            expected=(
                AccessPointReading(name=str(point.name), model=point.model, state="Registered", mac=point.ethernet_mac),
            ),
            next_step=f"Check its power and its address {point.address.ip} in {point.room or 'its room'}",
        )


def _on_air(intent: DeviceIntent, ssid: Ssid) -> Iterator[Check]:
    for radio in intent.radios:
        if radio.band in ssid.bands:
            yield Check(
                device=intent.device.name,
                kind="ssid",
                subject=f"SSID {ssid.name} on {radio.name}",
                expected_text=f"on air at {radio.band} GHz, {ssid.security}, VLAN {ssid.vlan_id}",
                expected=(
                    SsidReading(
                        wlan_id=ssid.wlan_id,
                        profile=ssid.profile,
                        ssid=ssid.name,
                        enabled=True,
                        security=ssid.security,
                        vlan=str(ssid.vlan_id),
                        band=radio.band,
                    ),
                ),
                next_step=f"Look at what the device logged of {radio.name}",
            )


def _ssid(intent: DeviceIntent, ssid: Ssid) -> Iterator[Check]:
    reading = SsidReading(
        wlan_id=ssid.wlan_id, profile=ssid.profile, ssid=ssid.name, enabled=True, security=ssid.security
    )
    yield Check(
        device=intent.device.name,
        kind="ssid",
        subject=f"SSID {ssid.name}",
        expected_text=f"{ssid.name}, enabled, {ssid.security}",
        expected=(reading,),
        next_step=f"Check the WLAN {ssid.profile}",
    )
    yield Check(
        device=intent.device.name,
        kind="ssid_vlan",
        subject=f"clients of SSID {ssid.name}",
        expected_text=f"VLAN {ssid.vlan_id} {ssid.vlan_name}",
        expected=tuple(
            SsidReading(wlan_id=ssid.wlan_id, profile=ssid.profile, ssid=ssid.name, enabled=True, vlan=vlan)
            for vlan in (str(ssid.vlan_id), ssid.vlan_name)
        ),
        fill=(("profile", ssid.profile),),
        next_step=f"Check the policy profile of {ssid.profile}",
    )


def plan_policies(intent: DeviceIntent) -> Iterator[Check]:
    """The rules of a firewall, one by one, their order, and that the last one denies the rest."""
    wanted = tuple(_reading(policy) for policy in intent.policies)
    for policy, rule in zip(intent.policies, wanted, strict=True):
        yield Check(
            device=intent.device.name,
            kind="policy",
            subject=f"policy {rule.id} {rule.name}",
            expected_text="in place",
            expected=(rule, _without_names(policy)),
            next_step=f"Run siteauto plan {intent.site}",
        )
    if wanted or intent.zones:
        yield Check(
            device=intent.device.name,
            kind="policy_order",
            subject="policies",
            expected_text=", ".join(str(rule.id) for rule in wanted),
            expected=wanted,
            next_step=f"Run siteauto plan {intent.site}",
        )
        yield Check(
            device=intent.device.name,
            kind="default_deny",
            subject="default deny",
            expected_text="the last policy denies and logs everything",
            expected=wanted[-1:],
            next_step=f"Run siteauto plan {intent.site} before anything else",
        )


def _reading(policy: Policy) -> PolicyReading:
    return PolicyReading(
        id=policy.id,
        name=policy.name,
        accept=policy.accept,
        source_zone=policy.source_zone,
        destination_zone=policy.destination_zone,
        sources=policy.sources,
        destinations=policy.destinations,
        services=policy.services,
        nat=policy.nat,
    )


def _without_names(policy: Policy) -> PolicyReading:
    """The rule as a firewall shows it that keeps no names of networks and services."""
    ports = [f"{one.protocol}/{port}" for one in policy.ports for port in one.ports or (PING,)]
    return replace(
        _reading(policy),
        sources=tuple(map(str, policy.source_networks)) or EVERY,
        destinations=tuple(map(str, policy.destination_networks)) or EVERY,
        services=tuple(ports) or EVERY,
    )
