"""Secrets in text: the word `secret://NAME` stands where the value will be."""

import re

from siteauto.core.models import SecretRef

MARKER = re.compile(r"secret://(?P<name>[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*)")


def secrets_in(text: str) -> tuple[SecretRef, ...]:
    """The references in a text, each once, in the order in which they first stand."""
    return tuple(dict.fromkeys(SecretRef(name=match["name"]) for match in MARKER.finditer(text)))
