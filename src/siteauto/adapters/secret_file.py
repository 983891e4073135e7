"""Secrets as YAML: one line per reference, or one mapping per site. All values are text, whatever they look like."""

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from siteauto.adapters.whole_files import create_file
from siteauto.adapters.yaml_documents import Node, parse_document
from siteauto.core.errors import SecretError


def read_secrets(file: Path) -> dict[str, str]:
    """The values in a file, by the names of their references; none without a file. Raises SecretError."""
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
    return parse_secrets(file.read_bytes(), str(file))


def parse_secrets(content: bytes, name: str, *, under: str = "") -> dict[str, str]:
    """The values in a YAML text, those of one key of it with `under`. Raises SecretError, which shows none of it."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise _unreadable(name) from None  # the error holds the bytes
    if not text.strip():
        return {}
    root, findings = parse_document(text, name)
    if root is None or findings:
        raise _unreadable(name)
    if under:
        root = root.children.get(under)
    return dict(_values(root, "", name)) if root is not None else {}


def _values(node: Node, prefix: str, name: str) -> Iterator[tuple[str, str]]:
    if not isinstance(node.value, Mapping):
        raise _unreadable(name)
    for key, each in node.value.items():
        if isinstance(each.value, str):
            yield prefix + key, each.value
        elif not prefix:
            yield from _values(each, f"{key}/", name)
        else:
            raise _unreadable(name)


def _unreadable(name: str) -> SecretError:
    return SecretError(
        f"{name} cannot be read as secrets",
        expected='one line per secret: `us-nyc-mad01/enable: "…"`',
        found="something else (not shown)",
        next_step="Mend the file",
    )


def write_secrets(file: Path, values: Mapping[str, str]) -> None:
    """Create the file with mode 0600 and these values; an existing one is replaced."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        yaml.safe_dump(dict(values), stream, default_flow_style=False)


def create_secrets(file: Path, values: Mapping[str, str]) -> None:
    """Write values into a file that must not exist yet, mode 0600, where no git can find it. Raises SecretError."""
    tree = next((folder for folder in file.resolve().parents if (folder / ".git").exists()), None)
    if tree is not None:
        raise SecretError(
            f"{file} is in the git work tree {tree}",
            expected="a file outside of any repository",
            next_step="Name another one, such as ~/.local/state/siteauto/imported.yaml",
        )
    try:
        create_file(file, yaml.safe_dump(dict(values), default_flow_style=False).encode(), mode=0o600)
    except FileExistsError:
        raise SecretError(
            f"{file} exists already", expected="a new file", next_step="Name another one, or remove it"
        ) from None
