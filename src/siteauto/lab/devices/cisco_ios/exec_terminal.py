"""Exec commands about the session and the box as a whole: terminal, enable, configure, reload, ping, show running."""

import re
from ipaddress import IPv4Address

from siteauto.core.config import ConfigTree, to_text
from siteauto.lab.devices.cisco_ios.dialogue import Leave, Outcome, Question, Session, confirmed
from siteauto.lab.devices.cisco_ios.filters import apply_filter
from siteauto.lab.devices.cisco_ios.parameters import full_interface_name
from siteauto.lab.devices.cisco_ios.passwords import verify

NVRAM = 33_554_432
ENTER = "Enter configuration commands, one per line.  End with CNTL/Z.\n"

VTYS = 16


def nothing(session: Session, words: tuple[str, ...]) -> Outcome:  # noqa: ARG001
    """Taken, without an effect that anybody could see here."""
    return ""


def terminal_length(session: Session, words: tuple[str, ...]) -> Outcome:
    """`terminal length N`."""
    session.length = int(words[2])
    return ""


def terminal_width(session: Session, words: tuple[str, ...]) -> Outcome:
    """`terminal width N`."""
    session.width = int(words[2])
    return ""


def enable(session: Session, words: tuple[str, ...]) -> Outcome:  # noqa: ARG001
    """`enable`: asks for the enable secret, three times at most."""
    stored = _enable_secret(session.box.running)
    if session.privilege == 15:
        return ""
    if stored is None:
        return "% Error in authentication.\n"

    def tried(answer: str, left: int) -> Outcome:
        if verify(answer, *stored):
            session.privilege = 15
            return ""
        if left:
            return Question(prompt="Password: ", echo=False, answered=lambda again: tried(again, left - 1))
        return "% Bad secrets\n\n"

    return Question(prompt="Password: ", echo=False, answered=lambda answer: tried(answer, 2))


def disable(session: Session, words: tuple[str, ...]) -> Outcome:  # noqa: ARG001
    """`disable`."""
    session.privilege = 1
    return ""


def leave(session: Session, words: tuple[str, ...]) -> Outcome:  # noqa: ARG001
    """`exit` in exec mode."""
    return Leave()


def configure(session: Session, words: tuple[str, ...]) -> Outcome:  # noqa: ARG001
    """`configure terminal`."""
    session.typist = session.box.typist()
    return ENTER


def configure_prompt(session: Session, words: tuple[str, ...]) -> Outcome:
    """`configure` alone asks from where."""
    return Question(
        prompt="Configuring from terminal, memory, or network [terminal]? ",
        answered=lambda answer: (
            configure(session, words) if answer.strip() in ("", "terminal", "t") else '?Must be "terminal"\n'
        ),
    )


def reload(session: Session, words: tuple[str, ...]) -> Outcome:  # noqa: ARG001
    """`reload`: asks about unsaved changes, then goes down."""
    box = session.box

    def down(answer: str) -> Outcome:
        if not confirmed(answer):
            return ""
        box.reload_reason = "Reload Command"
        box.spec.world.reboot(box.spec.name)
        return Leave()

    def saved(answer: str) -> Outcome:
        if answer.strip().lower() in ("yes", "y"):
            box.save(session.user)
        return Question(prompt="Proceed with reload? [confirm]", answered=down)

    if box.memory.saved is not None and (box.changed is None or box.changed.at <= box.memory.saved.at):
        return Question(prompt="Proceed with reload? [confirm]", answered=down)
    return Question(prompt="System configuration has been modified. Save? [yes/no]: ", answered=saved)


def show_running(session: Session, words: tuple[str, ...]) -> Outcome:  # noqa: ARG001
    """`show running-config`."""
    text = session.box.printed()
    return f"Building configuration...\n\nCurrent configuration : {len(text.encode())} bytes\n{text}"


def show_section(session: Session, words: tuple[str, ...]) -> Outcome:
    """`show running-config interface X` and `show running-config vlan`."""
    name = full_interface_name(words[3]) if words[2] == "interface" else None
    header = f"interface {name}" if name else "vlan " + " ".join(words[3:])
    if name and not session.box.has_port(name):
        return "% Invalid input detected at '^' marker.\n"
    tree = session.box.running
    children = {
        key: node
        for key, node in tree.children.items()
        if node.line == header or (not name and node.line.startswith(header))
    }
    text = to_text(ConfigTree(rules=tree.rules, children=children))
    return f"Building configuration...\n\nCurrent configuration : {len(text.encode())} bytes\n!\n{text}"


def show_startup(session: Session, words: tuple[str, ...]) -> Outcome:  # noqa: ARG001
    """`show startup-config`."""
    text = session.box.memory.startup
    if text is None:
        return "startup-config is not present\n"
    return f"Using {len(text.encode())} out of {NVRAM} bytes\n{text}"


def show_privilege(session: Session, words: tuple[str, ...]) -> Outcome:  # noqa: ARG001
    """`show privilege`."""
    return f"Current privilege level is {session.privilege}\n"


def show_users(session: Session, words: tuple[str, ...]) -> Outcome:
    """`show users`: this login, and with `all` the lines that are free; the box does not know of others here."""
    free = "".join(f"{2 + line:>4} vty {line:<36}00:00:00\n" for line in range(1, VTYS)) if words[-1] == "all" else ""
    return (
        "    Line       User       Host(s)              Idle       Location\n"
        f"*  2 vty 0     {session.user:<10} idle                 00:00:00\n{free}"
    )


def show_history(session: Session, words: tuple[str, ...]) -> Outcome:  # noqa: ARG001
    """`show history`."""
    return "".join(f"  {line}\n" for line in session.history[-20:])


def show_terminal(session: Session, words: tuple[str, ...]) -> Outcome:  # noqa: ARG001
    """`show terminal`."""
    return f'Line 1, Location: "", Type: "vt100"\nLength: {session.length} lines, Width: {session.width} columns\n'


def show_file_systems(session: Session, words: tuple[str, ...]) -> Outcome:  # noqa: ARG001
    """`show file systems`."""
    flash = session.box.flash
    return (
        "File Systems:\n\n       Size(b)       Free(b)      Type  Flags  Prefixes\n"
        f"*{flash.size:>13} {flash.free():>13}      disk     rw   {flash.device}\n"
        f" {NVRAM:>13} {NVRAM - len(session.box.memory.startup or ''):>13}     nvram     rw   nvram:\n"
    )


def show_archive_log(session: Session, words: tuple[str, ...]) -> Outcome:  # noqa: ARG001
    """`show archive log config all`: the lines typed since boot are not kept here."""
    return " idx   sess           user@line      Logged command\n"


def generate_key(words: tuple[str, ...]) -> str:
    """`crypto key generate rsa` in configuration mode: the keys exist already, as the host keys of the box."""
    if "generate" not in words:
        return ""
    bits = next((word for word in words if re.fullmatch(r"\d{3,4}", word)), "2048")
    return (
        f"% The key modulus size is {bits} bits\n"
        f"% Generating {bits} bit RSA keys, keys will be non-exportable...\n"
        "[OK] (elapsed time was 1 seconds)\n"
    )


def ping(session: Session, words: tuple[str, ...]) -> Outcome:
    """`ping [vrf V] TARGET [timeout T] [size S] [repeat N] [source S]`."""
    at = 3 if words[1] == "vrf" else 1
    options = dict(zip(words[at + 1 :: 2], words[at + 2 :: 2], strict=False))
    source = _source(session, options.get("source", ""))
    try:
        target = IPv4Address(words[at])
    except ValueError:
        return "% Unrecognized host or address, or protocol not running.\n"
    if options.get("source") and source is None:
        return "% Invalid source address- IP address not on any of our up interfaces\n"
    count = int(options.get("repeat", "5"))
    alive = words[1] != "vrf" and session.box.spec.world.ping(session.box.spec.name, target, source)
    head = (
        "Type escape sequence to abort.\n"
        f"Sending {count}, {options.get('size', '100')}-byte ICMP Echos to {target}, "
        f"timeout is {options.get('timeout', '2')} seconds:\n"
    )
    if source is not None:
        head += f"Packet sent with a source address of {source} \n"
    marks = ("!" if alive else ".") * count
    times = ", round-trip min/avg/max = 1/1/2 ms" if alive else ""
    return f"{head}{marks}\nSuccess rate is {100 if alive else 0} percent ({count if alive else 0}/{count}){times}\n"


def _source(session: Session, text: str) -> IPv4Address | None:
    if not text:
        return None
    state = session.box.state()
    addresses = {one.name: one.address.ip for one in state.vlan_interfaces if one.address is not None and one.admin_up}
    name = full_interface_name(text)
    if name is not None:
        return addresses.get(name)
    return next((address for address in addresses.values() if str(address) == text), None)


def _enable_secret(tree: ConfigTree) -> tuple[str, str] | None:
    for node in tree.children.values():
        found = re.fullmatch(r"enable secret (?:level 15 )?(\d) (\S+)", node.line)
        if found:
            return found[1], found[2]
    return None


def filtered(text: str, filters: tuple[str, ...]) -> str | None:
    """An answer behind its pipe; None: the pipe is not one."""
    for one in filters:
        kept = apply_filter(text, one)
        if kept is None:
            return None
        text = kept
    return text
