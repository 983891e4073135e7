"""Where values of `secret://` references come from: the environment, the operator's file, then what else he named."""

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from siteauto.adapters.secret_file import read_secrets, write_secrets
from siteauto.core.errors import SecretError
from siteauto.core.models import SecretRef

__all__ = ["SecretSource", "SecretSources", "Sought", "variable_of", "write_secrets"]

PREFIX = "SITEAUTO_SECRET_"
AT_ONCE = 8  # programs that may be asked at the same time


def variable_of(ref: SecretRef) -> str:
    """The environment variable of a reference: us-nyc-mad01/enable -> SITEAUTO_SECRET_US_NYC_MAD01_ENABLE."""
    return PREFIX + re.sub(r"\W", "_", ref.name).upper()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Sought:
    """What a source has for a reference: a value, or the reason why not. Neither is ever shown by accident."""

    value: str = ""
    reason: str = ""  # never holds what a program printed


class SecretSource(Protocol):
    """One place that may know secrets."""

    def seek(self, ref: SecretRef) -> Sought:
        """The value of a reference, or why there is none here."""
        ...


class SecretSources:
    """Implements `ports.Secrets`: the environment first, then a YAML file (reference name -> value), then `more`.

    A value that was found is kept for as long as this lives, so that a program is asked once.
    """

    def __init__(self, *, environment: Mapping[str, str], file: Path, more: Sequence[SecretSource] = ()) -> None:
        self._environment = environment
        self._file = file
        self._values = read_secrets(file)
        self._more = more
        self._sought: dict[SecretRef, Sought] = {}

    def resolve(self, ref: SecretRef) -> str:
        """The value. Raises SecretError that names the reference and how to provide it."""
        sought = self._seek(ref)
        if not sought.value:
            raise SecretError(
                f"{ref} has no value",
                expected=f"the variable {variable_of(ref)}, or the key {ref.name} in {self._file}",
                found=sought.reason or "neither",
                next_step="Provide one of them; `siteauto validate --secrets` lists all that are missing",
            )
        return sought.value

    def missing(self, refs: Sequence[SecretRef]) -> tuple[SecretRef, ...]:
        """Those of the references that have no value here."""
        unknown = [ref for ref in dict.fromkeys(refs) if ref not in self._sought]
        if self._more and unknown:
            with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
                list(pool.map(self._seek, unknown))
        return tuple(ref for ref in refs if not self._seek(ref).value)

    def why_missing(self, ref: SecretRef) -> str:
        """What the operator's own sources said, for a reference without a value. Empty: there are no such sources."""
        return self._seek(ref).reason

    def _seek(self, ref: SecretRef) -> Sought:
        if ref not in self._sought:
            self._sought[ref] = self._look(ref)
        return self._sought[ref]

    def _look(self, ref: SecretRef) -> Sought:
        if value := self._environment.get(variable_of(ref)) or self._values.get(ref.name):
            return Sought(value=value)
        reasons = []
        for source in self._more:
            sought = source.seek(ref)
            if sought.value:
                return sought
            reasons.append(sought.reason)
        return Sought(reason="; ".join(reasons))
