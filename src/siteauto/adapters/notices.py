"""Telling people what a run did: a webhook gets JSON, a program gets text on its standard input. Both are redacted."""

import json
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping

from siteauto.core.backup_policy import Notice
from siteauto.core.config.secret_tokens import MARKER
from siteauto.core.errors import StoreError, UnreachableError
from siteauto.core.models import SecretRef
from siteauto.core.ports import Secrets

MOST = 30_000  # characters of text for a webhook: chat services refuse more


def tell(notice: Notice, text: str, facts: Mapping[str, object], secrets: Secrets) -> None:
    """Tell one of those who want to know. Raises UnreachableError, StoreError, SecretError."""
    if notice.hindrance:
        raise StoreError(notice.hindrance)
    if notice.command:
        _run(notice, text)
        return
    url = notice.url
    if url.startswith(MARKER):
        url = secrets.resolve(SecretRef(name=url.removeprefix(MARKER)))
    _post(url, {"text": text[:MOST], **facts}, notice.timeout)


def _post(url: str, data: Mapping[str, object], timeout: float) -> None:
    host = urllib.parse.urlsplit(url).netloc.rpartition("@")[2]
    if urllib.parse.urlsplit(url).scheme not in ("https", "http"):
        raise StoreError("A webhook's address is no URL", expected="https://…", next_step="Correct your settings file")
    request = urllib.request.Request(  # noqa: S310 - the scheme was looked at
        url, data=json.dumps(data).encode(), headers={"Content-Type": "application/json"}, method="POST"
    )
    try:
        with urllib.request.urlopen(request, timeout=timeout):  # noqa: S310
            pass
    except (OSError, ValueError) as error:  # the URL itself may be a secret: it is not repeated
        reason = f"HTTP {error.code}" if isinstance(error, urllib.error.HTTPError) else type(error).__name__
        raise UnreachableError(
            f"The webhook at {host} was not told",
            expected="a server that takes it",
            found=reason,
            next_step="Check its address in your settings file",
        ) from None


def _run(notice: Notice, text: str) -> None:
    name = notice.command[0].rpartition("/")[2]
    try:
        done = subprocess.run(
            notice.command, input=text.encode(), capture_output=True, timeout=notice.timeout, check=False
        )
        reason = f"exit code {done.returncode}" if done.returncode else ""
    except (OSError, subprocess.TimeoutExpired) as error:
        reason = f"no end after {notice.timeout} s" if isinstance(error, subprocess.TimeoutExpired) else str(error)
    if reason:
        raise StoreError(
            f"The program {name} did not take the notice",
            found=reason,
            next_step="Try it by hand with a text on its standard input",
        )
