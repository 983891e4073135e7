"""Exec commands that change or compare whole configurations: configure replace and its timer, the archive."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import takewhile

from siteauto.core.config import ConfigRules, ConfigTree, Node, parse
from siteauto.core.config.bodies import body_lines
from siteauto.lab.devices.cisco_ios.box import Box, users
from siteauto.lab.devices.cisco_ios.dialogue import REMOVES_USER, Outcome, Question, Session, confirmed
from siteauto.lab.devices.cisco_ios.exec_files import no_such_file, read_file
from siteauto.lab.devices.cisco_ios.file_typing import FileTyped, config_lines, is_whole, type_file
from siteauto.lab.devices.cisco_ios.printing import stamp

ARCHIVE_OFF = "%Please turn config archive on before using this command\n"
NOTHING_PENDING = "%No Rollback Confirmed Change pending\n"
ALREADY_PENDING = "%Rollback Confirmed Change is already scheduled; confirm or revert it first\n"
DONE = "Total number of passes: 1\nRollback Done\n"
REPLACE_QUESTION = (
    "This will apply all necessary additions and deletions\n"
    "to replace the current running configuration with the\n"
    "contents of the specified configuration file, which is\n"
    "assumed to be a complete configuration, not a partial\n"
    "configuration. Enter Y if you are sure you want to proceed. ? [no]: "
)


def replace(session: Session, words: tuple[str, ...]) -> Outcome:
    """`configure replace FILE [force] [revert trigger error] [timer M]`."""
    box, path = session.box, words[2]
    text = read_file(box, path)
    if text is None:
        return no_such_file(path)
    if not is_whole(text):
        return "%The input file is not a valid config file.\n"
    timed = words[-1] if words[-2] in ("timer", "time") else ""
    if (timed or "revert" in words) and box.archive_path is None:
        return ARCHIVE_OFF
    if timed and box.pending is not None:
        return ALREADY_PENDING
    if "force" in words:
        return _type_whole(session, text, words, timed)
    return Question(
        prompt=REPLACE_QUESTION,
        answered=lambda answer: _type_whole(session, text, words, timed) if answer[:1].lower() == "y" else "",
    )


def _type_whole(session: Session, text: str, words: tuple[str, ...], timed: str) -> Outcome:
    typist = session.box.typist(session.box.bare_tree())
    typed = type_file(typist, text)
    going = len(users(session.box.running) - users(typist.tree))
    make = partial(_replaced, session, typist.tree, typed, trigger="trigger" in words, minutes=int(timed or 0))
    return _ask_users(going, make)


def _ask_users(going: int, make: Callable[[], str]) -> Outcome:
    """The box asks once for every user that goes away, even under `force`."""
    if not going:
        return make()
    return Question(
        prompt=REMOVES_USER, answered=lambda answer: _ask_users(going - 1, make) if confirmed(answer) else ""
    )


def _replaced(session: Session, tree: ConfigTree, typed: FileTyped, *, trigger: bool, minutes: int) -> str:
    box, before, text = session.box, session.box.running, ""
    if minutes:
        text += f"Rollback Confirmed Change: Backing up current running config to {box.archive_running()}\n"
    if typed.refused:
        text += _refused(typed)
        if trigger:
            return text + (
                "Rollback failed.Reverting back to the original configuration: \n"
                f"{DONE}\nThe original configuration has been successfully restored.\n"
            )
    else:
        text += DONE
    box.change(tree, session.user)
    for action in typed.actions:
        box.act(action)
    return text + (_armed(session, minutes, before) if minutes else "")


def _refused(typed: FileTyped) -> str:
    lines = "\n".join(typed.refused)
    return (
        "The rollback configlet from the last pass is listed below:\n********\n\n"
        f"!List of Rollback Commands:\n{lines}\nend\n\n********\n\n\n"
        "Rollback aborted after 5 passes\n"
        f"The following commands are failed to apply to the IOS image.\n********\n\n{lines}\n\n********\n"
    )


def _armed(session: Session, minutes: int, before: ConfigTree) -> str:
    session.box.arm(session.user, minutes, before=before)
    return (
        f"\nRollback Confirmed Change: Rollback will begin in {minutes} minute(s).\n"
        'Enter "configure confirm" if you wish to keep what you\'ve configured\n'
    )


def configure_timed(session: Session, words: tuple[str, ...]) -> Outcome:
    """`configure terminal revert timer M`: the shell goes into configuration mode when this armed the timer."""
    box = session.box
    if box.archive_path is None:
        return ARCHIVE_OFF
    if box.pending is not None:
        return ALREADY_PENDING
    backup = f"Rollback Confirmed Change: Backing up current running config to {box.archive_running()}\n"
    session.typist = box.typist()
    armed = _armed(session, int(words[-1]), box.running)
    return f"{backup}Enter configuration commands, one per line.  End with CNTL/Z.\n{armed}"


def confirm(session: Session, words: tuple[str, ...]) -> Outcome:  # noqa: ARG001
    """`configure confirm`."""
    return "" if session.box.confirm() else NOTHING_PENDING


def revert_now(session: Session, words: tuple[str, ...]) -> Outcome:  # noqa: ARG001
    """`configure revert now`."""
    if session.box.pending is None:
        return NOTHING_PENDING
    session.box.revert()
    return f"Rollback Confirmed Change: reverting to the previous configuration\n{DONE}"


def revert_later(session: Session, words: tuple[str, ...]) -> Outcome:
    """`configure revert timer M`: set the running timer anew."""
    pending = session.box.pending
    if pending is None:
        return NOTHING_PENDING
    pending.handle.cancel()
    session.box.arm(session.user, int(words[-1]), before=pending.before)
    return ""


def rollback_timer(session: Session, words: tuple[str, ...]) -> Outcome:  # noqa: ARG001
    """`show archive config rollback timer`."""
    pending = session.box.pending
    if pending is None:
        return NOTHING_PENDING
    return (
        f"Time configured(or reconfigured): {stamp(session.box.view(), pending.since)}\n"
        "Timer type: absolute timer\n"
        f"Timer value: {pending.minutes} min\n"
        f"User: {pending.user}\n"
    )


def show_archive(session: Session, words: tuple[str, ...]) -> Outcome:  # noqa: ARG001
    """`show archive`."""
    box = session.box
    if box.archive_path is None:
        return "Archive feature not enabled\n"
    names = box.memory.archives[-10:]
    rows = [f"   {n:<9}{name}" for n, name in enumerate(names, start=1)]
    if rows:
        rows[-1] += " <- Most Recent"
    rows += [f"   {n:<9}" for n in range(len(names) + 1, 11)]
    return (
        "The maximum archive configurations allowed is 10.\n"
        f"There are currently {len(names)} archive configurations saved.\n"
        f"The next archive file will be named {box.archive_name()}\n"
        " Archive #  Name\n" + "\n".join(rows) + "\n"
    )


def differences(session: Session, words: tuple[str, ...]) -> Outcome:
    """`show archive config differences [A] [B]`: what B has and A has not, and the other way round."""
    box = session.box
    paths = [word for word in words[4:] if word != "ignorecase"] or ["system:running-config", "nvram:startup-config"]
    first, second = paths[0], paths[1] if len(paths) > 1 else "system:running-config"
    texts = []
    for path in (first, second):
        text = read_file(box, path)
        if text is None:
            return no_such_file(path)
        texts.append(_tree(box, text))
    lines = list(_contextual(texts[0].rules, texts[0].children, texts[1].children))
    return "\n".join(("!Contextual Config Diffs:", *(lines or ["!No changes were found"]), ""))


def incremental(session: Session, words: tuple[str, ...]) -> Outcome:
    """`show archive config incremental-diffs FILE`: the lines of the file that would change something."""
    box = session.box
    text = read_file(box, words[4])
    if text is None:
        return no_such_file(words[4])
    lines = list(_changing(box, text))
    closing = ["end"] if lines else ["end", "!No changes were found"]
    return "\n".join(("!List of Commands:", *lines, *closing, ""))


def _tree(box: Box, text: str) -> ConfigTree:
    return parse(box.spec.platform.config, "\n".join((*config_lines(text), "")))


def _text(rules: ConfigRules, node: Node) -> str:
    return "\n".join(body_lines(rules, node.line, node.body)) if node.body else node.line


def _contextual(rules: ConfigRules, old: Mapping[str, Node], new: Mapping[str, Node], depth: int = 0) -> Iterator[str]:
    here = {_text(rules, node): node for node in old.values()}
    there = {_text(rules, node): node for node in new.values()}
    for text, node in there.items():
        if text not in here:
            yield from _whole(rules, node, depth, "+")
        elif inside := list(_contextual(rules, here[text].children, node.children, depth + 1)):
            yield f"{' ' * depth}{node.line}"
            yield from inside
    for text, node in here.items():
        if text not in there:
            yield from _whole(rules, node, depth, "-")


def _whole(rules: ConfigRules, node: Node, depth: int, sign: str) -> Iterator[str]:
    for number, line in enumerate(_text(rules, node).split("\n")):
        yield f"{' ' * depth if not number else ''}{sign}{line}"
    for child in node.children.values():
        yield from _whole(rules, child, depth + 1, sign)


def _changing(box: Box, text: str) -> Iterator[str]:
    """Lines that change the tree when typed, each under the headers that it needs."""
    typist, shown = box.typist(), tuple[str, ...]()
    for line in config_lines(text):
        before = typist.tree
        typed = typist.type(line)
        if typed.refused or typed.action or typist.tree == before or typist.in_text:
            continue
        headers = typist.headers[:-1] if typed.opened else typist.headers
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(headers, shown, strict=False)))
        yield from (" " * depth + header for depth, header in enumerate(headers) if depth >= shared)
        yield " " * len(headers) + line.strip()
        shown = typist.headers
