"""Where values of `secret://` references come from: the environment, or a file that only its owner can read."""

import os
import re
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from siteauto.core.errors import SecretError
from siteauto.core.models import SecretRef

PREFIX = "SITEAUTO_SECRET_"


def variable_of(ref: SecretRef) -> str:
    """The environment variable of a reference: us-nyc-mad01/enable -> SITEAUTO_SECRET_US_NYC_MAD01_ENABLE."""
    return PREFIX + re.sub(r"\W", "_", ref.name).upper()


class SecretSources:
    """Implements `ports.Secrets`: the environment first, then a YAML file (reference name -> value)."""

    def __init__(self, *, environment: Mapping[str, str], file: Path) -> None:
        self._environment = environment
        self._file = file
        self._values = _read(file)

    def resolve(self, ref: SecretRef) -> str:
        """The value. Raises SecretError that names the reference and how to provide it."""
        value = self._environment.get(variable_of(ref)) or self._values.get(ref.name)
        if not value:
            raise SecretError(
                f"{ref} has no value",
                expected=f"the variable {variable_of(ref)}, or the key {ref.name} in {self._file}",
                found="neither",
                next_step="Provide one of them; `siteauto validate --secrets` lists all that are missing",
            )
        return value

    def missing(self, refs: Sequence[SecretRef]) -> tuple[SecretRef, ...]:
        """Those of the references that have no value here."""
        have = self._values
        return tuple(ref for ref in refs if not (self._environment.get(variable_of(ref)) or have.get(ref.name)))


def _read(file: Path) -> dict[str, str]:
    if not file.exists():
        return {}
    mode = stat.S_IMODE(file.stat().st_mode)
    if mode & 0o077:
        raise SecretError(
            f"Others can read the secrets in {file}",
            expected="mode 0600",
            found=f"mode {mode:04o}",
            next_step=f"chmod 600 {file}, and change the secrets if this machine has other users",
        )
    try:
        data = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError):
        data = None  # its text must not reach a message
    if not isinstance(data, dict) or not all(isinstance(value, str) for value in data.values()):
        raise SecretError(
            f"{file} cannot be read as secrets",
            expected='one line per secret: `us-nyc-mad01/enable: "…"`',
            found="something else (not shown)",
            next_step="Mend the file",
        )
    return {str(name): value for name, value in data.items()}


def write_secrets(file: Path, values: Mapping[str, str]) -> None:
    """Create the file with mode 0600 and these values; an existing one is replaced."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        yaml.safe_dump(dict(values), stream, default_flow_style=False)
