"""Commands of the manager prompt that do something: paging, saving, checkpoints, reboot, ping, the configurations."""

from ipaddress import IPv4Address

from siteauto.lab.devices.aruba_aoscx.checkpoints import RUNNING, STARTUP, Checkpoint, differences, listing, stamp
from siteauto.lab.devices.aruba_aoscx.dialogue import PAGE, Action, Leave, Outcome, Question, Session
from siteauto.lab.devices.aruba_aoscx.printing import section

DONE = "Copying configuration: [Success]\n"
IDENTICAL = "Copying configuration: [Failure]\n\nAn identical checkpoint already exists\n"
ALREADY_ON = "Checkpoint auto timer is already ON\n"
NOT_ON = "Checkpoint auto timer is not ON\n"


def page_off(session: Session, words: tuple[str, ...]) -> Outcome:  # noqa: ARG001
    """`no page`."""
    session.page_length = 0
    return ""


def page_on(session: Session, words: tuple[str, ...]) -> Outcome:
    """`page`, with the length of one or not."""
    session.page_length = int(words[1]) if len(words) > 1 else PAGE
    return ""


def leave(session: Session, words: tuple[str, ...]) -> Outcome:  # noqa: ARG001
    """`exit` at the manager prompt."""
    return Leave()


# ── the configurations ───────────────────────────────────────────────────────────────────────────────────────────────


def show_running(session: Session, words: tuple[str, ...]) -> Outcome:  # noqa: ARG001
    """`show running-config`."""
    return f"Current configuration:\n{session.box.text}"


def show_section(session: Session, words: tuple[str, ...]) -> Outcome:
    """`show running-config interface 1/1/1` and `… vlan 10`."""
    return section(session.box.text, " ".join(words[2:]))


def show_startup(session: Session, words: tuple[str, ...]) -> Outcome:  # noqa: ARG001
    """`show startup-config`."""
    text = session.box.kept(STARTUP)
    return "No startup configuration exists\n" if text is None else f"Startup configuration:\n{text}"


def save(session: Session, words: tuple[str, ...]) -> Outcome:  # noqa: ARG001
    """`write memory`."""
    session.box.save()
    return DONE


def load_startup(session: Session, words: tuple[str, ...]) -> Outcome:  # noqa: ARG001
    """`copy startup-config running-config`."""
    return _apply(session, STARTUP)


# ── checkpoints ──────────────────────────────────────────────────────────────────────────────────────────────────────


def auto(session: Session, words: tuple[str, ...]) -> Outcome:
    """`checkpoint auto M`."""
    minutes = int(words[2])
    if not session.box.start_auto(minutes):
        return ALREADY_ON
    return f"Auto checkpoint mode expires in {minutes} minute(s)\n"


def confirm(session: Session, words: tuple[str, ...]) -> Outcome:  # noqa: ARG001
    """`checkpoint auto confirm`: what runs becomes a checkpoint too."""
    box = session.box
    if not box.end_auto():
        return NOT_ON
    name = stamp("AUTO", box.spec.world.now())
    box.keep(name, box.text)
    return f"checkpoint {name} created\n"


def compare(session: Session, words: tuple[str, ...]) -> Outcome:
    """`checkpoint diff A B`."""
    texts = [session.box.kept(name) for name in words[2:]]
    for name, text in zip(words[2:], texts, strict=True):
        if text is None:
            return _missing(name)
    return differences(texts[0] or "", texts[1] or "", session.box.spec.world.now())


def keep(session: Session, words: tuple[str, ...]) -> Outcome:
    """`copy running-config checkpoint NAME`."""
    box = session.box
    if any(one.text == box.text for one in box.checkpoints.values() if one.name != STARTUP):
        return IDENTICAL
    box.keep(words[3], box.text)
    return DONE


def keep_startup(session: Session, words: tuple[str, ...]) -> Outcome:
    """`copy checkpoint NAME startup-config`."""
    text = session.box.kept(words[2])
    if text is None:
        return _missing(words[2])
    session.box.keep(STARTUP, text)
    return DONE


def roll_back(session: Session, words: tuple[str, ...]) -> Outcome:
    """`checkpoint rollback NAME`."""
    return _apply(session, words[2])


def roll_back_to(session: Session, words: tuple[str, ...]) -> Outcome:
    """`copy checkpoint NAME running-config`."""
    return _apply(session, words[2])


def rename(session: Session, words: tuple[str, ...]) -> Outcome:
    """`checkpoint rename OLD NEW`."""
    found = session.box.checkpoints.pop(words[2], None)
    if found is None:
        return _missing(words[2])
    session.box.keep(words[3], found.text)
    return ""


def erase(session: Session, words: tuple[str, ...]) -> Outcome:
    """`erase checkpoint NAME`, or all of them."""
    kept = session.box.checkpoints
    names = [name for name in kept if name != STARTUP] if words[2] == "all" else [words[2]]
    if words[2] != "all" and words[2] not in kept:
        return _missing(words[2])
    for name in names:
        del kept[name]
    return ""


def erase_startup(session: Session, words: tuple[str, ...]) -> Outcome:  # noqa: ARG001
    """`erase startup-config`."""
    session.box.checkpoints.pop(STARTUP, None)
    return ""


def show_checkpoints(session: Session, words: tuple[str, ...]) -> Outcome:  # noqa: ARG001
    """`show checkpoint`."""
    return listing(list(session.box.checkpoints.values()))


def show_checkpoint(session: Session, words: tuple[str, ...]) -> Outcome:
    """`show checkpoint NAME`."""
    found: Checkpoint | None = session.box.checkpoints.get(words[2])
    return _missing(words[2]) if found is None else f"Checkpoint configuration:\n{found.text}"


def _apply(session: Session, name: str) -> str:
    text = session.box.kept(name)
    if text is None:
        return _missing(name)
    if name != RUNNING:
        session.box.change(session.box.tree_of(text))
    return DONE


WILL_REBOOT = "This will reboot the entire switch and render it unavailable\nuntil the process is complete.\n"


def _missing(name: str) -> str:
    return f"Checkpoint {name} doesn't exist\n"


# ── the box and the network ──────────────────────────────────────────────────────────────────────────────────────────


def reboot(session: Session, words: tuple[str, ...]) -> Outcome:  # noqa: ARG001
    """`boot system`: asks about what is not saved, then whether to go on."""
    box = session.box

    def down(answer: str) -> Outcome:
        if answer.strip().lower() != "y":
            return "Reboot aborted.\n"
        box.spec.world.reboot(box.spec.name)
        return Leave(text="The system is going down for reboot.\n")

    def going_on(told: str = "") -> Question:
        return Question(text=f"{told}{WILL_REBOOT}", prompt="Continue (y/n)? ", answered=down)

    def saved(answer: str) -> Outcome:
        if answer.strip().lower() != "y":
            return going_on()
        box.save()
        return going_on("The running configuration was saved to the startup configuration.\n")

    if box.kept(STARTUP) == box.text:
        return going_on()
    return Question(prompt="Do you want to save the current configuration (y/n)? ", answered=saved)


def ping(session: Session, words: tuple[str, ...]) -> Outcome:
    """`ping A.B.C.D`: five, or as many as `repetitions` says."""
    count = int(words[3]) if len(words) > 3 else 5
    box, target = session.box, words[1]
    comes_back = box.spec.world.ping(box.spec.name, IPv4Address(target))
    received, lost = (count, 0) if comes_back else (0, 100)
    replies = [f"108 bytes from {target}: icmp_seq={n} ttl=64 time=0.41 ms" for n in range(1, count + 1)]
    return "\n".join(
        (
            f"PING {target} ({target}) 100(128) bytes of data.",
            *(replies if comes_back else ()),
            "",
            f"--- {target} ping statistics ---",
            f"{count} packets transmitted, {received} received, {lost}% packet loss, time {(count - 1) * 1000}ms",
            *(("rtt min/avg/max/mdev = 0.382/0.410/0.463/0.031 ms",) if comes_back else ()),
            "",
        )
    )


ACTIONS: dict[str, Action] = {
    "page_off": page_off,
    "page_on": page_on,
    "leave": leave,
    "save": save,
    "load_startup": load_startup,
    "keep": keep,
    "keep_startup": keep_startup,
    "roll_back": roll_back,
    "roll_back_to": roll_back_to,
    "auto": auto,
    "confirm": confirm,
    "compare": compare,
    "rename": rename,
    "erase": erase,
    "erase_startup": erase_startup,
    "reboot": reboot,
    "ping": ping,
    "show_running": show_running,
    "show_section": show_section,
    "show_startup": show_startup,
    "show_checkpoints": show_checkpoints,
    "show_checkpoint": show_checkpoint,
}
