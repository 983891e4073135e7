"""What stands behind a pipe: include, exclude, begin, count."""

import re

PATTERN = re.compile(r'\s\|\s(include|exclude|begin|count)(?:\s+("[^"]*"|\S+))?(?=\s\||\s*$)')


def split_filters(line: str) -> tuple[str, list[tuple[str, str]]]:
    """The command, and each filter with its pattern."""
    command, _, _ = line.partition(" | ")
    return command.strip(), [(kind, text.strip('"')) for kind, text in PATTERN.findall(line)]


def apply_filters(text: str, filters: list[tuple[str, str]]) -> str:
    """What is left of the answer."""
    lines = text.splitlines()
    for kind, pattern in filters:
        match kind:
            case "include":
                lines = [line for line in lines if re.search(pattern, line)]
            case "exclude":
                lines = [line for line in lines if not re.search(pattern, line)]
            case "begin":
                first = next((number for number, line in enumerate(lines) if re.search(pattern, line)), len(lines))
                lines = lines[first:]
            case _:
                lines = [str(len(lines))]
    return "".join(f"{line}\n" for line in lines)
