"""Which forge, which repository and which pull request: from flags, or from what a build says of itself."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from siteauto.adapters.system_clock import SystemClock
from siteauto.core.errors import UsageError
from siteauto.core.ports import Clock, Forge

FORGES = ("github", "gitlab")
TOKENS = {"github": ("SITEAUTO_FORGE_TOKEN", "GITHUB_TOKEN"), "gitlab": ("SITEAUTO_FORGE_TOKEN", "GITLAB_TOKEN")}


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgeFacts:
    """What is known of the forge. Empty: nobody said it."""

    kind: str
    repository: str
    api_url: str
    token: str = field(repr=False)
    pull_request: int = 0
    run: int = 0
    run_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgeWish:
    """What the operator says; empty or 0: the build knows."""

    kind: str
    repository: str = ""
    api_url: str = ""
    pull_request: int = 0
    run_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Of drift pull requests: into which branch, how many may be open at once, and over which remote."""

    base: str
    limit: int
    remote: str


def build_page(environment: Mapping[str, str]) -> str:
    """Where people find this build; empty outside of one."""
    return (_gitlab if environment.get("GITLAB_CI") else _github)(environment).run_url


def read_forge_facts(wish: ForgeWish, environment: Mapping[str, str]) -> ForgeFacts:
    """Wishes first, then the variables that GitHub Actions and GitLab CI set. Tokens come from the environment only."""
    build = _github(environment) if wish.kind == "github" else _gitlab(environment)
    repository = wish.repository or build.repository
    if not repository:
        raise UsageError(
            "Nobody says which repository is meant",
            expected="--repository OWNER/NAME (SITEAUTO_REPOSITORY), outside a build",
        )
    return ForgeFacts(
        kind=wish.kind,
        repository=repository,
        api_url=(wish.api_url or build.api_url).rstrip("/"),
        token=next((value for name in TOKENS[wish.kind] if (value := environment.get(name, ""))), ""),
        pull_request=wish.pull_request or build.pull_request,
        run=build.run,
        run_url=wish.run_url or build.run_url,
    )


def open_forge(facts: ForgeFacts, clock: Clock | None = None) -> Forge:
    """The forge, not yet contacted. Raises UsageError without a token."""
    if not facts.token:
        raise UsageError(
            f"There is no token for {facts.kind}",
            expected=f"one of {', '.join(TOKENS[facts.kind])} in the environment",
            next_step="A token is never given on the command line, where others would see it",
        )
    clock = clock or SystemClock()
    if facts.kind == "github":
        from siteauto.adapters.github_forge import GithubForge

        return GithubForge(repository=facts.repository, token=facts.token, url=facts.api_url, clock=clock)
    from siteauto.adapters.gitlab_forge import GitlabForge

    return GitlabForge(repository=facts.repository, token=facts.token, url=facts.api_url, clock=clock)


def _github(environment: Mapping[str, str]) -> ForgeFacts:
    repository = environment.get("GITHUB_REPOSITORY", "")
    run = environment.get("GITHUB_RUN_ID", "")
    server = environment.get("GITHUB_SERVER_URL", "https://github.com")
    pull = re.fullmatch(r"refs/pull/(\d+)/\w+", environment.get("GITHUB_REF", ""))
    return ForgeFacts(
        kind="github",
        repository=repository,
        api_url=environment.get("GITHUB_API_URL", "https://api.github.com"),
        token="",
        pull_request=int(pull[1]) if pull else 0,
        run=_number(run),
        run_url=f"{server}/{repository}/actions/runs/{run}" if run else "",
    )


def _gitlab(environment: Mapping[str, str]) -> ForgeFacts:
    return ForgeFacts(
        kind="gitlab",
        repository=environment.get("CI_MERGE_REQUEST_PROJECT_PATH") or environment.get("CI_PROJECT_PATH", ""),
        api_url=environment.get("CI_SERVER_URL", "https://gitlab.com"),
        token="",
        pull_request=_number(environment.get("CI_MERGE_REQUEST_IID", "")),
        run=_number(environment.get("CI_PIPELINE_ID", "")),
        run_url=environment.get("CI_JOB_URL", ""),
    )


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0
