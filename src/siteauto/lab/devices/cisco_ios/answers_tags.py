"""What a controller says of its tags and access points."""

from collections.abc import Iterator
from dataclasses import dataclass

from siteauto.core.config import Node
from siteauto.lab.devices.cisco_ios.answer import CONTROLLER, Answer, Arguments, first, lines
from siteauto.lab.devices.cisco_ios.answers_wireless import GENIE, split_quoted, unquoted
from siteauto.lab.devices.cisco_ios.printing import dotted
from siteauto.lab.devices.cisco_ios.view import View
from siteauto.lab.world_view import JoinedAccessPoint

US_DOMAIN = "-B"
ACCESS_POINT_COLUMNS = (
    "AP Name                          Slots AP Model             Ethernet MAC   Radio MAC      "
    "CC   RD   IP Address                                State        Location"
)
TAG_COLUMNS = (
    "AP Name                 AP Mac           Site Tag Name                     "
    "Policy Tag Name                   RF Tag Name                       Misconfigured    Tag Source    "
)


# ── tags ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class TagSummary:
    """`show wireless tag KIND summary`; kind is policy, site or rf."""

    kind: str

    def __call__(self, view: View, _: Arguments) -> str:
        """The default tag, which every controller has, and those of the configuration."""
        word = {"policy": "Policy", "site": "Site", "rf": "RF"}[self.kind]
        tags = {f"default-{self.kind}-tag": f"default {self.kind}-tag"}
        for rest, node in lines(view.running.children, f"wireless tag {self.kind}"):
            tags[unquoted(rest)] = unquoted(first(node.children, "description") or "")
        return "\n".join(
            (
                "",
                f"Number of {word} Tags: {len(tags)}",
                "",
                f"{word + ' Tag Name':<34}Description",
                "-" * 72,
                *(f"{name:<34}{text}".rstrip() for name, text in sorted(tags.items())),
                "",
            )
        )


def tag_detail(view: View, arguments: Arguments) -> str:
    """`show wireless tag policy detailed NAME`: which WLAN meets which policy profile."""
    name = unquoted(arguments[0])
    for rest, node in lines(view.running.children, "wireless tag policy"):
        if unquoted(rest) == name:
            maps = list(_maps(node))
            return "\n".join(
                (
                    "",
                    f"Policy Tag Name : {name}",
                    f"Description     : {unquoted(first(node.children, 'description') or '')}",
                    "",
                    f"Number of WLAN-POLICY maps: {len(maps)}",
                    "WLAN Profile Name                 Policy Name                             ",
                    "-" * 72,
                    *(f"{wlan:<34}{policy}" for wlan, policy in maps),
                    "",
                )
            )
    return f"% Error: Policy tag {name} does not exist"


def _maps(tag: Node) -> Iterator[tuple[str, str]]:
    for rest, _ in lines(tag.children, "wlan"):
        words = split_quoted(rest)
        if len(words) == 3 and words[1] == "policy":
            yield words[0], words[2]


# ── access points ────────────────────────────────────────────────────────────────────────────────────────────────────


def access_points(view: View, _: Arguments) -> str:
    """`show ap summary` (17.9.4 and later). An access point that nobody named carries its Ethernet address."""
    joined = view.world.access_points(view.name)
    return "\n".join(
        (
            f"Number of APs: {len(joined)}",
            "",
            "CC = Country Code",
            "RD = Regulatory Domain",
            "",
            ACCESS_POINT_COLUMNS,
            "-" * 165,
            *(_access_point(one) for one in joined),
            "",
        )
    )


def _name_of(one: JoinedAccessPoint) -> str:
    return f"AP{dotted(one.mac).upper()}"


def _access_point(one: JoinedAccessPoint) -> str:
    radio = dotted(f"{one.mac[:-2]}{int(one.mac[-2:], 16) & 0xF0 ^ 0x10:02x}")
    return (
        f"{_name_of(one):<33}{3:<6}{one.model + US_DOMAIN:<21}{dotted(one.mac)} {radio} "
        f"{'US':<5}{US_DOMAIN:<5}{one.address!s:<42}{'Registered':<13}default location"
    )


def tags_of_access_points(view: View, _: Arguments) -> str:
    """`show ap tag summary`."""
    joined = view.world.access_points(view.name)
    return "\n".join(
        (
            f"Number of APs: {len(joined)}",
            "",
            TAG_COLUMNS,
            "-" * 172,
            *(_tag_row(view, one) for one in joined),
            "",
        )
    )


def _tag_row(view: View, one: JoinedAccessPoint) -> str:
    node = view.running.find(f"ap {dotted(one.mac)}")
    children = node.children if node else {}
    policy, site, rf = (
        unquoted(first(children, f"{kind}-tag") or f"default-{kind}-tag") for kind in ("policy", "site", "rf")
    )
    known = all(
        tag.startswith("default-") or view.running.find(f"wireless tag {kind} {tag}")
        for kind, tag in (("policy", policy), ("site", site), ("rf", rf))
    )
    source = "Static" if children else "Default"
    columns = f"{site:<34}{policy:<34}{rf:<34}{'No' if known else 'Yes':<17}{source}"
    return f"{_name_of(one):<24}{dotted(one.mac):<17}{columns}"


ANSWERS = tuple(
    Answer(commands=(command,), text=text, source=source, roles=CONTROLLER)
    for command, text, source in (
        (
            "show wireless tag policy summary",
            TagSummary("policy"),
            "recording ntc-templates/cisco_ios/show_wireless_tag_policy_summary/show_wireless_tag_policy_summary.raw",
        ),
        ("show wireless tag site summary", TagSummary("site"), GENIE.format("ShowWirelessTagSiteSummary")),
        ("show wireless tag rf summary", TagSummary("rf"), "guess: like the site tags"),
        (
            "show wireless tag policy detailed <profile>",
            tag_detail,
            "guess: from a field report of a C9800; the lines above the table are not certain",
        ),
        (
            "show ap summary",
            access_points,
            "manual genieparser ShowApSummary golden output (17.9 form); the recording is of the older form",
        ),
        ("show ap tag summary", tags_of_access_points, GENIE.format("ShowApTagSummary")),
    )
)
