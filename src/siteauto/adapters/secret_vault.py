"""Secrets from a file that ansible-vault has encrypted. Ansible is executed, never imported."""

import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from siteauto.adapters.secret_file import parse_secrets
from siteauto.adapters.secret_programs import Programs
from siteauto.adapters.secret_sources import Sought
from siteauto.core.errors import SecretError
from siteauto.core.models import SecretRef

PROGRAM = "ansible-vault"


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultFile:
    """Which file, and what opens it: a file with the password, or a script that prints it."""

    file: Path
    password_file: Path
    under: str = ""  # the key in it that holds the secrets; empty: the whole file does
    timeout: float = 60.0


class VaultSecrets:
    """Implements SecretSource by `ansible-vault view`. The file is opened once, when the first secret is sought."""

    def __init__(self, programs: Programs, vault: VaultFile) -> None:
        self._programs = programs
        self._vault = vault
        self._lock = Lock()
        self._found: dict[str, str] | None = None
        self._reason = ""

    def seek(self, ref: SecretRef) -> Sought:
        """The value of the key with the reference's name, or of the purpose's key below the site's."""
        with self._lock:
            if self._found is None:
                self._found = self._open()
        value = self._found.get(ref.name, "")
        return Sought(value=value, reason="" if value else self._reason or f"{self._vault.file} has no key {ref.name}")

    def _open(self) -> dict[str, str]:
        vault = self._vault
        if not vault.file.exists():
            self._reason = f"there is no file {vault.file}"
            return {}
        beside = Path(sys.executable).with_name(PROGRAM)
        program = beside if beside.exists() else self._programs.find(PROGRAM)
        arguments = [str(program), "view", "--vault-password-file", str(vault.password_file), str(vault.file)]
        printed = self._programs.run(arguments, timeout=vault.timeout)
        self._reason = f"{printed.reason} on {vault.file}" if printed.reason else ""
        try:
            return parse_secrets(printed.output, str(vault.file), under=vault.under)
        except SecretError as error:
            self._reason = error.subject
            return {}
