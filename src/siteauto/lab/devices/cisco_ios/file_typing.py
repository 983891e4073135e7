"""A whole file typed into configuration mode, as `copy FILE running-config` and `configure replace` do it."""

from dataclasses import dataclass

from siteauto.lab.devices.cisco_ios.typist import Typist

PRINTED_BY_SHOW = ("Building configuration", "Current configuration")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTyped:
    """What came of a file: what the box printed, the lines that it refused, and what is to be done besides."""

    printed: str
    refused: tuple[str, ...]
    actions: tuple[tuple[str, ...], ...]


def type_file(typist: Typist, text: str) -> FileTyped:
    """Type every line up to `end`. The typist's tree is then the result."""
    printed: list[str] = []
    refused: list[str] = []
    actions: list[tuple[str, ...]] = []
    for line in config_lines(text):
        if line.strip() == "exit" and not typist.in_text:
            typist.leave()
            continue
        typed = typist.type(line)
        if typed.action:
            actions.append(typed.words)
        if typed.refused:
            refused.append(line)
            printed.append(f"{line}\n{typed.text}")
        elif typed.text and not typist.in_text:
            printed.append(typed.text)
    return FileTyped(printed="".join(printed), refused=tuple(refused), actions=tuple(actions))


def config_lines(text: str) -> list[str]:
    """The lines of a file up to its `end`."""
    lines = text.replace("\r\n", "\n").split("\n")
    stop = next((i for i, line in enumerate(lines) if line.strip() == "end"), len(lines))
    return [line for line in lines[:stop] if not line.startswith(PRINTED_BY_SHOW)]


def is_whole(text: str) -> bool:
    """Whether it is a complete configuration, which a replace asks for: `version` on top, `end` below."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").split("\n")]
    commands = [line for line in lines if line and not line.startswith("!") and not line.startswith(PRINTED_BY_SHOW)]
    return bool(commands) and commands[0].startswith("version ") and commands[-1] == "end"
