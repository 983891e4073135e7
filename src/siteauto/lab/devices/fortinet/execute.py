"""`execute …`: what a login can have the box do. Each command returns what is printed; some ask first."""

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address

from siteauto.lab.devices.fortinet.box import Box
from siteauto.lab.devices.fortinet.factory import BUILD, FIRMWARE
from siteauto.lab.devices.fortinet.refusals import RefusedError, bad_value, incomplete, unknown_word
from siteauto.lab.devices.fortinet.revisions import Revision
from siteauto.lab.devices.fortinet.values import is_address

CONTINUE = "Do you want to continue? (y/n)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a command printed. `question`: it waits for y or n, and `then` is what y does; `close`: the session ends."""

    text: str = ""
    question: str = ""
    then: "Callable[[], Done] | None" = None
    close: bool = False


@dataclass(slots=True, kw_only=True)
class PingOptions:
    """`execute ping-options` of one login."""

    repeat: int = 5
    timeout: int = 2
    source: IPv4Address | None = None


@dataclass(slots=True, kw_only=True)
class Login:
    """Who runs the commands. `asks`: a person is there to answer; a script of the box is not asked."""

    user: str
    asks: bool = True
    ping: PingOptions


Command = Callable[[Box, Login, list[str]], Done]


def run_execute(box: Box, login: Login, words: list[str]) -> Done:
    """Run the command after `execute`. Raises RefusedError."""
    for name, command in COMMANDS.items():
        parts = name.split()
        if words[: len(parts)] == parts:
            return command(box, login, words[len(parts) :])
    raise unknown_word(words[0]) if words else incomplete()


def _ask(login: Login, text: str, then: Callable[[], Done]) -> Done:
    if not login.asks:
        return then()
    return Done(text=text, question=CONTINUE, then=then)


# ── time, ping ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _date(box: Box, _: Login, __: list[str]) -> Done:
    return Done(text=f"current date is: {box.local_now:%Y-%m-%d}\n")


def _time(box: Box, _: Login, __: list[str]) -> Done:
    return Done(text=f"current time is: {box.local_now:%H:%M:%S}\nlast ntp sync: never\n")


def _ping(box: Box, login: Login, words: list[str]) -> Done:
    if not words:
        raise incomplete()
    target = words[0]
    if not is_address(target):
        return Done(text="Unable to resolve hostname.\n")
    options = login.ping
    answered = box.world.ping(box.spec.name, IPv4Address(target), options.source)
    lines = [f"PING {target} ({target}): 56 data bytes"]
    if answered:
        lines += [f"64 bytes from {target}: icmp_seq={n} ttl=255 time=0.{n + 4} ms" for n in range(options.repeat)]
    received, loss = (options.repeat, 0) if answered else (0, 100)
    lines += ["", f"--- {target} ping statistics ---"]
    lines += [f"{options.repeat} packets transmitted, {received} packets received, {loss}% packet loss"]
    lines += [f"round-trip min/avg/max = 0.4/0.5/0.{options.repeat + 3} ms"] if answered else []
    return Done(text="\n".join(lines) + "\n\n")


def _ping_options(_: Box, login: Login, words: list[str]) -> Done:
    if len(words) != 2:
        raise incomplete()
    name, value = words
    if name == "source" and (value == "auto" or is_address(value)):
        login.ping.source = None if value == "auto" else IPv4Address(value)
    elif name in ("repeat-count", "timeout") and value.isdigit() and int(value) > 0:
        setattr(login.ping, name.removesuffix("-count"), int(value))
    else:
        raise unknown_word(name)
    return Done()


# ── revisions ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _backup(box: Box, login: Login, words: list[str]) -> Done:
    box.revisions.keep(box.running, at=box.local_now, admin=login.user, comment=" ".join(words))
    return Done(text="Please wait...\nConfig backed up to flash disk done.\n")


def _list_revisions(box: Box, _: Login, __: list[str]) -> Done:
    lines = ["Last Firmware Version: V0.0.0-build000-REL0"]
    lines += ["ID TIME                   ADMIN                \tFIRMWARE VERSION     \tCOMMENT"]
    firmware = f"V{FIRMWARE}-build{BUILD}-REL0"
    for kept in box.revisions.kept:
        lines.append(f"{kept.number:>2} {kept.at:%Y-%m-%d %H:%M:%S}    {kept.admin:<21}\t{firmware} \t{kept.comment}")
    return Done(text="\n".join(lines) + "\n")


def _delete_revision(box: Box, _: Login, words: list[str]) -> Done:
    doomed = [_revision(box, word) for word in words]
    if not doomed:
        raise incomplete()
    for kept in doomed:
        box.revisions.delete(kept)
    return Done()


def _restore(box: Box, login: Login, words: list[str]) -> Done:
    if len(words) != 1:
        raise incomplete()
    kept = _revision(box, words[0])

    def then() -> Done:
        box.restore(kept)
        return Done(text="\nPlease wait...\n\nGet config from local disk OK.\nFile check OK.\n", close=True)

    warning = "This operation will overwrite the current setting and could possibly reboot the system!\n"
    return _ask(login, warning, then)


def _revision(box: Box, word: str) -> Revision:
    kept = box.revisions.find(word)
    if kept is None:
        raise (
            RefusedError(f"Can not find revision {word}.\nCommand fail. Return code -28\n")
            if word.isdigit()
            else (bad_value(word))
        )
    return kept


def _cfg_save(box: Box, _: Login, __: list[str]) -> Done:
    box.save()
    return Done(text="config saved\n")


# ── power ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _reboot(box: Box, login: Login, _: list[str]) -> Done:
    def then() -> Done:
        box.reboot()
        return Done(text="\nSystem is rebooting...\n", close=True)

    return _ask(login, "This operation will reboot the system !\n", then)


COMMANDS: dict[str, Command] = {
    "date": _date,
    "time": _time,
    "ping-options": _ping_options,
    "ping": _ping,
    "backup config flash": _backup,
    "revision list config": _list_revisions,
    "revision delete config": _delete_revision,
    "restore config flash": _restore,
    "cfg save": _cfg_save,
    "reboot": _reboot,
}
