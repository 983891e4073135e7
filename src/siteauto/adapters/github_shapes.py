"""What GitHub's answers mean to siteauto, and what a check run says of annotations."""

import hashlib
from collections.abc import Sequence
from typing import Any

import requests
from github import GithubException
from github.PullRequest import PullRequest as GithubPullRequest

from siteauto.adapters.forge_patience import Reply, silence
from siteauto.core.forge import ANNOTATIONS, Annotation, PullRequest

CONCLUSIONS = {"failure": "failure", "warning": "neutral", "notice": "neutral"}


def conclusion(annotations: Sequence[Annotation]) -> str:
    """What a check run with these comes to: the worst of them."""
    worst = min((one.level for one in annotations), key=list(CONCLUSIONS).index, default="")
    return CONCLUSIONS.get(worst, "success")


def check_outputs(name: str, annotations: Sequence[Annotation]) -> "list[dict[str, Any]]":
    """What each request of a check run says; the first one holds the digest of all."""
    summary = f"{len(annotations)} finding{'s' if len(annotations) != 1 else ''}. <!-- {_digest(annotations)} -->"
    rows = [_row(one) for one in annotations]
    parts = [rows[start : start + ANNOTATIONS] for start in range(0, len(rows), ANNOTATIONS)] or [[]]
    return [{"title": name, "summary": summary, "annotations": part} for part in parts]


def _row(one: Annotation) -> "dict[str, str | int]":
    return {
        "path": one.file,
        "start_line": one.line,
        "end_line": one.line,
        "annotation_level": one.level,
        "title": one.title,
        "message": one.message,
    }


def read_pull_request(one: GithubPullRequest) -> PullRequest:
    """As siteauto sees it."""
    return PullRequest(
        number=one.number,
        title=one.title,
        body=one.body or "",
        head=one.head.sha,
        head_branch=one.head.ref,
        base_branch=one.base.ref,
        url=one.html_url,
        is_open=one.state == "open",
        is_merged=one.merged_at is not None,
        labels=tuple(label.name for label in one.labels),
        is_fork=one.head.repo is None or one.head.repo.full_name != one.base.repo.full_name,
    )


def read_reply(error: Exception) -> Reply | None:
    """What GitHub said, from the client's exception. None: it is none of the client's."""
    if isinstance(error, GithubException):
        headers = {key.lower(): str(value) for key, value in (error.headers or {}).items()}
        spent = headers.get("x-ratelimit-remaining") == "0" and error.status in (403, 429)
        text = _words(error.data)
        return Reply(
            code=error.status,
            text=text,
            wait=headers.get("retry-after", ""),
            reset=headers.get("x-ratelimit-reset", "") if spent else "",
            is_busy=error.status == 429 or spent or "retry-after" in headers or "rate limit" in text.lower(),
        )
    if isinstance(error, requests.RequestException):
        return silence(error)
    return None


def _digest(annotations: Sequence[Annotation]) -> str:
    """The same for the same annotations, so that a check run is not made twice."""
    return hashlib.sha256(repr(tuple(annotations)).encode()).hexdigest()[:16]


def _words(data: object) -> str:
    """What GitHub says was wrong, with the particulars that it keeps apart."""
    if not isinstance(data, dict):
        return ""
    errors = data.get("errors")
    more = [str(one.get("message") or one.get("code") or "") for one in errors or () if isinstance(one, dict)]
    return ": ".join([str(data.get("message", "")), *filter(None, more)])
