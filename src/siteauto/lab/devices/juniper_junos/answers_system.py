"""What the box is, what it runs, and who has committed what."""

from siteauto.lab.devices.juniper_junos.answer import Answer, Words, nothing_more
from siteauto.lab.devices.juniper_junos.box import Box
from siteauto.lab.devices.juniper_junos.database import Commit
from siteauto.lab.devices.juniper_junos.factory import VERSION

STAMP = "%Y-%m-%d %H:%M:%S %Z"


def _version(box: Box, words: Words) -> str:
    nothing_more(words, "brief", "detail", "local")
    return (
        f"Hostname: {box.state().hostname}\nModel: {box.spec.model.lower()}\nJunos: {VERSION}\n"
        f"JUNOS Software Release [{VERSION}]\n"
    )


def _hardware(box: Box, words: Words) -> str:
    nothing_more(words, "detail", "extensive")
    model, serial = box.spec.model, box.spec.serial
    rows = [("Chassis", "", "", serial, model), ("Routing Engine", "REV 08", "650-077890", serial, f"RE-{model}")]
    rows += [("FPC 0", "", "BUILTIN", "BUILTIN", "FPC"), ("  PIC 0", "", "BUILTIN", "BUILTIN", _ports(box))]
    lines = [f"{item:<17}{revision:<9}{part:<13}{number:<18}{text}" for item, revision, part, number, text in rows]
    return "\n".join(
        ("Hardware inventory:", "Item             Version  Part number  Serial number     Description", *lines, "")
    )


def _ports(box: Box) -> str:
    return f"{len(box.hardware.ports)} ports"


def _commits(box: Box, words: Words) -> str:
    nothing_more(words)
    lines = (_commit_line(box, place, commit) for place, commit in enumerate(box.database.commits))
    return "".join(f"{line}\n" for line in lines)


def _commit_line(box: Box, place: int, commit: Commit) -> str:
    at = box.local(commit.at)
    comment = f" {commit.comment}" if commit.comment else ""
    return f"{place:<3} {at:{STAMP}} by {commit.user} via {commit.through}{comment}"


def _uptime(box: Box, words: Words) -> str:
    nothing_more(words)
    last = box.database.commits[0]
    return (
        f"Current time: {box.now:{STAMP}}\nTime Source:  NTP CLOCK\n"
        f"System booted: {box.local(box.booted):{STAMP}} ({_ago(box.uptime_seconds)} ago)\n"
        f"Last configured: {box.local(last.at):{STAMP}} "
        f"({_ago(int((box.world.now() - last.at).total_seconds()))} ago) by {last.user}\n"
    )


def _ago(seconds: int) -> str:
    days, rest = divmod(seconds, 86400)
    text = f"{rest // 3600:02d}:{rest % 3600 // 60:02d}:{rest % 60:02d}"
    return f"{days // 7}w{days % 7}d {text[:5]}" if days >= 7 else f"{days}d {text[:5]}" if days else text


ANSWERS = (
    Answer(command="show version", text=_version, source="recording oxidized/junos#srx300_22.4#simulation.yaml"),
    Answer(
        command="show chassis hardware",
        text=_hardware,
        source="recording oxidized/junos#srx300_22.4#simulation.yaml",
    ),
    Answer(
        command="show system commit",
        text=_commits,
        source="manual Junos CLI reference, show system commit; the comment of a confirmed commit as NAPALM reads it",
    ),
    Answer(
        command="show system uptime",
        text=_uptime,
        source="recording ntc-templates/juniper_junos/show_system_uptime/juniper_junos_show_system_uptime_2.raw",
    ),
)
