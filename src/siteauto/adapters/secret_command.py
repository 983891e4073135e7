"""Secrets from any program that prints one: pass, op, vault, sops, or the operator's own script."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from siteauto.adapters.secret_programs import Programs
from siteauto.adapters.secret_sources import Sought
from siteauto.core.models import SecretRef

# A reference may come from the repository. No part of one can be an option, an empty word or a way up in a tree.
NAME = re.compile(r"[A-Za-z0-9_][\w.-]*(?:/[A-Za-z0-9_][\w.-]*)*", re.ASCII)
PLACEHOLDERS = ("{name}", "{site}", "{purpose}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandLine:
    """How to ask. {name}, {site} and {purpose} in an argument stand for the reference and its two parts."""

    program: Path
    arguments: Sequence[str]
    first_line: bool = False  # `pass` keeps notes in the lines below the password
    timeout: float = 30.0


class CommandSecrets:
    """Implements SecretSource by a program. One that once did not answer is not asked again."""

    def __init__(self, programs: Programs, command: CommandLine) -> None:
        self._programs = programs
        self._command = command
        self._silent = Event()

    def seek(self, ref: SecretRef) -> Sought:
        """What the program prints for this reference, without the end of the line."""
        program = self._command.program.name
        if NAME.fullmatch(ref.name) is None:
            return Sought(reason=f"{program} was not asked: {ref} has an odd name")
        if self._silent.is_set():
            return Sought(reason=f"{program} was not asked again")
        arguments = [_fill(each, ref) for each in self._command.arguments]
        printed = self._programs.run([str(self._command.program), *arguments], timeout=self._command.timeout)
        if "did not end" in printed.reason:
            self._silent.set()
        return Sought(reason=printed.reason) if printed.reason else self._read(printed.output)

    def _read(self, output: bytes) -> Sought:
        program = self._command.program.name
        try:
            text = output.decode("utf-8")
        except UnicodeDecodeError:
            return Sought(reason=f"{program} printed something else than text")
        value = text.removesuffix("\n").removesuffix("\r")
        if self._command.first_line:
            value = value.partition("\n")[0].removesuffix("\r")
        if not value.strip():
            return Sought(reason=f"{program} printed nothing")
        if not value.isprintable():
            return Sought(reason=f"{program} printed more than one line, or signs that no device takes")
        return Sought(value=value)


def _fill(argument: str, ref: SecretRef) -> str:
    site, _, purpose = ref.name.partition("/")
    return re.sub("|".join(map(re.escape, PLACEHOLDERS)), lambda match: {
        "{name}": ref.name, "{site}": site, "{purpose}": purpose,
    }[match[0]], argument)  # fmt: skip
