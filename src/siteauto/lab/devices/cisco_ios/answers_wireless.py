"""What a controller says of its WLANs and policy profiles."""

from collections.abc import Mapping
from dataclasses import dataclass

from siteauto.core.config import Node
from siteauto.lab.devices.cisco_ios.answer import CONTROLLER, Answer, Arguments, first, has, lines
from siteauto.lab.devices.cisco_ios.view import View

# ── WLANs ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Wlan:
    """A WLAN of the configuration."""

    profile: str
    number: int
    ssid: str
    status: str  # UP | DOWN
    flags: str


def wlans(view: View) -> list[Wlan]:
    """All WLANs, by number. One that was never told `no shutdown` is down: a new WLAN is."""
    found = []
    for rest, node in lines(view.running.children, "wlan"):
        words = split_quoted(rest)
        if len(words) == 3:
            profile, number, ssid = words
            found.append(
                Wlan(
                    profile=profile,
                    number=int(number),
                    ssid=ssid,
                    status="UP" if has(node.children, "no shutdown") else "DOWN",
                    flags=_flags(node.children),
                )
            )
    return sorted(found, key=lambda one: one.number)


def split_quoted(text: str) -> list[str]:
    """Words, where double quotes hold one together."""
    words, quoted = [], False
    for piece in text.split('"'):
        words += [piece] if quoted else piece.split()
        quoted = not quoted
    return words


def _flags(children: Mapping[str, Node]) -> str:
    if has(children, "no security wpa"):
        return "[open]"
    versions = [] if has(children, "no security wpa wpa2") else ["WPA2"]
    versions += ["WPA3"] if has(children, "security wpa wpa3") else []
    keys = [] if has(children, "no security wpa akm dot1x") else ["802.1x"]
    keys += [name for word, name in _AKM if has(children, f"security wpa akm {word}")]
    return f"[{' + '.join(versions)}][{' + '.join(keys)}][AES]"


_AKM = (("dot1x-sha256", "802.1x-SHA256"), ("psk", "PSK"), ("sae", "SAE"), ("owe", "OWE"))


def wlan_summary(view: View, _: Arguments) -> str:
    """`show wlan summary`."""
    found = wlans(view)
    rows = [f"{one.number:<5}{one.profile:<33}{one.ssid:<33}{one.status:<7}{one.flags}" for one in found]
    return "\n".join(
        (
            "",
            f"Number of WLANs: {len(found)}",
            "",
            "ID   Profile Name                     SSID                             Status Security",
            "-" * 178,
            *rows,
            "",
        )
    )


# ── policy profiles ──────────────────────────────────────────────────────────────────────────────────────────────────


def _policy_profiles(view: View) -> dict[str, Mapping[str, Node]]:
    """Those of the configuration, and the one that every controller has."""
    found = {unquoted(rest): node.children for rest, node in lines(view.running.children, "wireless profile policy")}
    return {"default-policy-profile": {}} | found


def unquoted(text: str) -> str:
    """The name without the quotes that hold its words together."""
    return text.strip('"')


def _is_enabled(name: str, children: Mapping[str, Node]) -> bool:
    return has(children, "no shutdown") or (name == "default-policy-profile" and not has(children, "shutdown"))


def policy_summary(view: View, _: Arguments) -> str:
    """`show wireless profile policy summary`."""
    profiles = _policy_profiles(view)
    rows = [
        f"{name:<34}{_description(name, children):<40}{'ENABLED' if _is_enabled(name, children) else 'DISABLED'}"
        for name, children in sorted(profiles.items())
    ]
    return "\n".join(
        (
            "",
            f"Number of Policy Profiles: {len(profiles)}",
            "",
            "Policy Profile Name               Description                             Status           ",
            "-" * 89,
            *rows,
            "",
        )
    )


def _description(name: str, children: Mapping[str, Node]) -> str:
    return unquoted(first(children, "description") or ("default policy profile" if name.startswith("default") else ""))


def policy_detail(view: View, arguments: Arguments) -> str:
    """`show wireless profile policy detailed NAME`: the part of it that the configuration decides."""
    name = unquoted(arguments[0])
    children = _policy_profiles(view).get(name)
    if children is None:
        return f"% Error: Policy profile {name} does not exist"
    switching = "DISABLED" if has(children, "no central switching") else "ENABLED"
    nac = "ENABLED" if has(children, "nac") else "DISABLED"
    override = "ENABLED" if has(children, "aaa-override") else "DISABLED"
    required = "ENABLED" if has(children, "ipv4 dhcp required") else "DISABLED"
    rows = (
        ("Policy Profile Name                 ", name),
        ("Description                         ", _description(name, children)),
        ("Status                              ", "ENABLED" if _is_enabled(name, children) else "DISABLED"),
        ("VLAN                                ", unquoted(first(children, "vlan") or "default")),
        ("Multicast VLAN                      ", "0"),
        ("Passive Client                      ", "ENABLED" if has(children, "passive-client") else "DISABLED"),
        ("WLAN Switching Policy", None),
        (" Flex Central Switching            ", switching),
        (" Flex Central Authentication       ", "ENABLED"),
        ("WLAN Timeout", None),
        (" Session Timeout                   ", first(children, "session-timeout") or "28800"),
        (" Idle Timeout                      ", first(children, "idle-timeout") or "300"),
        ("DHCP", None),
        (" required                          ", required),
        ("AAA Policy Params", None),
        (" AAA Override                      ", override),
        (" NAC                               ", nac),
    )
    return "\n".join(label if value is None else f"{label}: {value}" for label, value in rows)


GENIE = "manual genieparser {} golden output; no recording among the captures"

ANSWERS = tuple(
    Answer(commands=(command,), text=text, source=source, roles=CONTROLLER)
    for command, text, source in (
        ("show wlan summary", wlan_summary, GENIE.format("ShowWlanSummary")),
        ("show wireless profile policy summary", policy_summary, GENIE.format("ShowWirelessProfilePolicySummary")),
        (
            "show wireless profile policy detailed <profile>",
            policy_detail,
            GENIE.format("ShowWirelessProfilePolicyDetailed"),
        ),
    )
)
