"""Exec commands about files: copy, dir, more, delete, verify, write, and the configurations as files."""

import hashlib

from siteauto.lab.devices.cisco_ios.box import Box
from siteauto.lab.devices.cisco_ios.dialogue import REMOVES_USER, Outcome, Question, Session, confirmed
from siteauto.lab.devices.cisco_ios.file_typing import config_lines, type_file
from siteauto.lab.devices.cisco_ios.printing import local_time
from siteauto.lab.flash import FlashFullError

RUNNING = ("running-config", "system:running-config", "system:/running-config")
STARTUP = ("startup-config", "nvram:startup-config", "nvram:/startup-config")
FLASHES = ("flash:", "bootflash:", "flash-1:", "nvram:")


def read_file(box: Box, path: str) -> str | None:
    """The text of a file or a configuration; None: there is none."""
    if path in RUNNING:
        return box.printed()
    if path in STARTUP:
        return box.memory.startup
    if path.startswith("null:"):
        return ""
    data = box.flash.files.get(box.flash.name_of(path))
    return None if data is None else data.decode(errors="replace")


def no_such_file(path: str) -> str:
    """What the box prints for a file that is not there."""
    return f"%Error opening {path} (No such file or directory)\n"


def quiet(box: Box) -> bool:
    """Whether file commands ask nothing."""
    return box.running.find("file prompt quiet") is not None


def copy(session: Session, words: tuple[str, ...]) -> Outcome:
    """`copy FROM TO`: asks for the destination and about overwriting, unless `file prompt quiet`."""
    source, target = words[1], words[2]
    if quiet(session.box):
        return _copy(session, source, target)
    shown = _file_name(target) or _file_name(source)
    return Question(
        prompt=f"Destination filename [{shown}]? ",
        answered=lambda answer: _ask_overwrite(session, source, _renamed(target, answer.strip())),
    )


def _ask_overwrite(session: Session, source: str, target: str) -> Outcome:
    exists = not _is_config(target) and session.box.flash.name_of(target) in session.box.flash.files
    if not exists:
        return _copy(session, source, target)
    return Question(
        text="%Warning:There is a file already existing with this name \n",
        prompt="Do you want to over write? [confirm]",
        answered=lambda answer: _copy(session, source, target) if confirmed(answer) else "\n",
    )


def _copy(session: Session, source: str, target: str) -> Outcome:
    box = session.box
    text = read_file(box, source)
    if text is None:
        return no_such_file(source)
    if target in RUNNING:
        return _ask_users(session, text, _users_going(box, text))
    if target in STARTUP:
        if source in RUNNING:
            return save(session)
        box.memory.startup = text
        return f"[OK]\n{_copied(text)}"
    try:
        box.flash.write(box.flash.name_of(target) or _file_name(source), text.encode())
    except FlashFullError:
        return f"%Error writing {target} (No space left on device)\n"
    return _copied(text)


def _users_going(box: Box, text: str) -> tuple[str, ...]:
    """Users of the box that the text removes."""
    removed = [line.split()[2] for line in config_lines(text) if line.startswith("no username ")]
    return tuple(name for name in removed if name in box.users())


def _ask_users(session: Session, text: str, going: tuple[str, ...]) -> Outcome:
    """The box asks for every user that goes; without a yes that line is left out."""
    if not going:
        return _into_running(session, text)
    name, *others = going

    def answered(answer: str) -> Outcome:
        kept = text if confirmed(answer) else _without_removal(text, name)
        return _ask_users(session, kept, tuple(others))

    return Question(prompt=REMOVES_USER, answered=answered)


def _without_removal(text: str, name: str) -> str:
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if line.split()[:3] != ["no", "username", name])


def _into_running(session: Session, text: str) -> str:
    """Merge a text into the running configuration; lines that are refused are printed and the rest is taken."""
    box = session.box
    typist = box.typist()
    typed = type_file(typist, text)
    box.change(typist.tree, session.user)
    for words in typed.actions:
        box.act(words)
    return typed.printed + _copied(text)


def save(session: Session) -> str:
    """Running to startup."""
    session.box.save(session.user)
    return "Building configuration...\n[OK]\n"


def write_memory(session: Session, words: tuple[str, ...]) -> Outcome:  # noqa: ARG001
    """`write memory`."""
    return save(session)


def dir_(session: Session, words: tuple[str, ...]) -> Outcome:
    """`dir`: the flash, or one file of it."""
    box = session.box
    path = words[1] if words[0] == "dir" and len(words) > 1 else box.flash.device
    if path == "all-filesystems" or words[0] == "show":
        path = box.flash.device
    head, _, _ = path.partition(":")
    if ":" in path and f"{head}:" not in FLASHES:
        return f"%Error opening {path} (Invalid argument)\n"
    name = box.flash.name_of(path) if ":" in path else path
    if name and name not in box.flash.files:
        return no_such_file(path)
    names = [name] if name else list(box.flash.files)
    files = (
        "".join(_dir_line(box, number, one) for number, one in enumerate(names, start=1)) or "No files in directory\n"
    )
    listed = path if name else f"{head}:/"
    return f"Directory of {listed}\n\n{files}\n{box.flash.size} bytes total ({box.flash.free()} bytes free)\n"


def more(session: Session, words: tuple[str, ...]) -> Outcome:
    """`more FILE`."""
    text = read_file(session.box, words[1])
    return no_such_file(words[1]) if text is None else text


def delete(session: Session, words: tuple[str, ...]) -> Outcome:
    """`delete [/force] FILE`: without /force it asks twice."""
    path, box = words[-1], session.box
    name = box.flash.name_of(path)
    if "/force" in words or quiet(box):
        if name not in box.flash.files:
            return no_such_file(path)
        del box.flash.files[name]
        return ""
    return Question(
        prompt=f"Delete filename [{name}]? ",
        answered=lambda answer: Question(
            prompt=f"Delete {box.flash.device}/{answer.strip() or name}? [confirm]",
            answered=lambda sure: _deleted(box, answer.strip() or name) if confirmed(sure) else "",
        ),
    )


def verify(session: Session, words: tuple[str, ...]) -> Outcome:
    """`verify /md5 FILE [HASH]`."""
    path, box = words[2], session.box
    data = box.flash.files.get(box.flash.name_of(path))
    if data is None:
        return no_such_file(path)
    digest = hashlib.md5(data, usedforsecurity=False).hexdigest()
    if len(words) > 3 and words[3].lower() != digest:
        return f"%Error verifying {path}\nComputed signature  = {digest}\nSubmitted signature = {words[3]}\n"
    if len(words) > 3:
        return f".Done!\nVerified ({path}) = {digest}\n"
    return f".Done!\nverify /md5 ({path}) = {digest}\n"


def erase(session: Session, words: tuple[str, ...]) -> Outcome:  # noqa: ARG001
    """`erase startup-config`."""

    def erased(answer: str) -> Outcome:
        if not confirmed(answer):
            return ""
        session.box.memory.startup = None
        return "[OK]\nErase of nvram: complete\n"

    return Question(
        text="Erasing the nvram filesystem will remove all configuration files! ",
        prompt="Continue? [confirm]",
        answered=erased,
    )


def _deleted(box: Box, name: str) -> str:
    if box.flash.files.pop(name, None) is None:
        return no_such_file(f"{box.flash.device}/{name}")
    return ""


def _copied(text: str) -> str:
    size = len(text.encode())
    seconds = max(0.1, size / 50_000)
    return f"{size} bytes copied in {seconds:.3f} secs ({round(size / seconds)} bytes/sec)\n"


def _dir_line(box: Box, number: int, name: str) -> str:
    view = box.view()
    when = local_time(view, view.now)
    offset = f"{when:%z}"
    stamp = f"{when:%b} {when.day} {when:%Y %H:%M:%S} {offset[:3]}:{offset[3:]}"
    return f"{number:>5}  -rw-  {len(box.flash.files[name]):>15}  {stamp}  {name}\n"


def _is_config(path: str) -> bool:
    return path in RUNNING or path in STARTUP or path.startswith("null:")


def _file_name(path: str) -> str:
    return path.split(":", 1)[-1].lstrip("/")


def _renamed(target: str, answer: str) -> str:
    if not answer or _is_config(target):
        return target
    return f"{target.partition(':')[0]}:/{answer}" if ":" in target else answer
