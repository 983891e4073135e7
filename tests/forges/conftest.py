"""A forge of either kind with a repository behind it, and plans that are told to it."""

import subprocess

import pytest

from siteauto.adapters.github_forge import GithubForge
from siteauto.adapters.gitlab_forge import GitlabForge
from siteauto.testing.fakes import FakeClock

from .github_dialect import GitHub
from .gitlab_dialect import GitLab
from .server import ForgeServer, State

GIT = ("git", "-c", "user.name=anna", "-c", "user.email=anna@example.net", "-c", "commit.gpgsign=false")
KINDS = {"github": (GitHub, GithubForge), "gitlab": (GitLab, GitlabForge)}
TOKENS = {
    "tok-writer": ("netbot", frozenset({"write"})),
    "tok-other": ("otherbot", frozenset({"write"})),
    "tok-reader": ("reader", frozenset()),
    "tok-actions": ("github-actions[bot]", frozenset({"write"})),
    "tok-app": ("our-app[bot]", frozenset({"write"})),
}


class Forge:
    """One forge with an open pull request: number 1, from `feature`."""

    def __init__(self, kind, folder):
        self.kind, self.folder = kind, folder
        self.bare = folder / "sites.git"
        self.work = folder / "work"
        self._git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(self.bare))
        self._git(folder, "init", "--quiet", "--initial-branch=main", str(self.work))
        self.push("main", "one")
        self.push("feature", "two")
        self.state = State(self.bare)
        self.state.tokens |= TOKENS
        self.pull = self.state.propose("feature", "main")
        self.clock = FakeClock()
        self.server = ForgeServer(self.state, KINDS[kind][0])

    @property
    def head(self):
        return self.state.head_of(self.pull)

    def push(self, branch, text):
        """A commit on this branch, in the bare repository."""
        self._git(self.work, "switch", "--quiet", "--force-create", branch)
        (self.work / "file").write_text(text)
        self._git(self.work, "add", "--all")
        self._git(self.work, "commit", "--quiet", "--message", text)
        self._git(self.work, "push", "--quiet", "--force", str(self.bare), branch)

    def client(self, token="tok-writer"):
        """The real adapter over the real client, on a clock that does not wait."""
        url = self.server.api_url if self.kind == "github" else self.server.origin
        return KINDS[self.kind][1](repository="maison/sites", token=token, url=url, clock=self.clock)

    def _git(self, folder, *arguments):
        subprocess.run([*GIT, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(params=sorted(KINDS))
def forge(request, tmp_path):
    made = Forge(request.param, tmp_path)
    yield made
    made.server.close()


@pytest.fixture
def github(tmp_path):
    made = Forge("github", tmp_path)
    yield made
    made.server.close()
