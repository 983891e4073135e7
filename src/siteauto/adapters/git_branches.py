"""Branches of a remote repository that siteauto writes: one commit each, made without touching the operator's files."""

import base64
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from siteauto.adapters.git_program import Git, said
from siteauto.core.errors import ForgeError, UsageError

OURS = "siteauto@localhost"
SLOW = 120.0  # seconds; the network has a say


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """Where branches are pushed to. A token goes to git in its environment: nobody else sees it there."""

    name: str = "origin"
    token: str = ""

    def environment(self, url: str) -> dict[str, str]:
        """How git logs in, where nothing else says it: over https with the token, else as it is set up."""
        if not (self.token and url.startswith("https://")):
            return {}
        login = base64.b64encode(f"x-access-token:{self.token}".encode()).decode()
        return {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "http.extraHeader",
            "GIT_CONFIG_VALUE_0": f"Authorization: Basic {login}",
        }


class GitBranches:
    """Implements `ports.Branches` over the repository that holds a folder."""

    def __init__(self, root: Path, remote: Remote) -> None:
        self._git = Git(root)
        self._remote = remote.name
        url = self._git.try_to("remote", "get-url", "--push", remote.name)
        if url.returncode:
            raise UsageError(
                f"{root} has no remote {remote.name}",
                expected="a clone of the repository on the forge",
                found=said(url),
            )
        has_own = self._git.try_to("config", "--get-regexp", r"^http\..*extraheader$").stdout
        extra = {} if has_own else remote.environment(url.stdout.decode().strip())
        self._online = Git(root, environment=extra)

    def require_clean(self, paths: tuple[str, ...]) -> None:
        """Raise UsageError where the files are not as the last commit has them: a branch would not hold them."""
        if changed := self._git.text("status", "--porcelain", "--", *paths):
            raise UsageError(
                "The repository has changes that are not committed",
                found=", ".join(line[3:] for line in changed.splitlines()[:5]),
                next_step="Commit them, or put them away with: git stash",
            )

    def require_base(self, base: str) -> None:
        """Raise UsageError where the last commit here is not in the branch that is to be merged into."""
        self._ask("fetch", "--quiet", "--no-tags", self._remote, f"refs/heads/{base}")
        if self._git.try_to("merge-base", "--is-ancestor", "HEAD", "FETCH_HEAD").returncode:
            raise UsageError(
                f"HEAD holds commits that {base} of {self._remote} does not",
                expected=f"a clone of {base}: what is proposed is made on HEAD",
                next_step=f"Run it from {base}, push your commits, or name another branch with --pr-base",
            )

    def publish(self, branch: str, files: Mapping[str, str], message: str) -> bool:
        """Make the branch hold one commit on HEAD with these files. False: it does already, or a person works on it.

        The same content on the same HEAD is the same commit. Raises ForgeError where the remote refuses.
        """
        commit = self._commit(files, message)
        tip = self._tip(branch)
        if tip == commit or (tip and not self._is_ours(branch, tip)):
            return False
        lease = f"--force-with-lease=refs/heads/{branch}:{tip}"
        self._ask("push", "--quiet", lease, self._remote, f"{commit}:refs/heads/{branch}")
        return True

    def delete(self, branch: str) -> None:
        """Take a branch away, if it is there and ours alone."""
        tip = self._tip(branch)
        if tip and self._is_ours(branch, tip):
            self._ask(
                "push",
                "--quiet",
                f"--force-with-lease=refs/heads/{branch}:{tip}",
                self._remote,
                f":refs/heads/{branch}",
            )

    def _commit(self, files: Mapping[str, str], message: str) -> str:
        base = self._git.text("rev-parse", "HEAD")
        prefix = self._git.text("rev-parse", "--show-prefix")
        with tempfile.TemporaryDirectory(prefix="siteauto-") as folder:
            date = self._git.text("log", "-1", "--format=%cI", base)
            fixed = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date, "GIT_INDEX_FILE": f"{folder}/index"}
            git = Git(self._git.folder, environment=fixed)
            git.run("read-tree", base)
            for path, text in files.items():
                blob = git.text("hash-object", "-w", "--stdin", given=text.encode())
                git.run("update-index", "--add", "--cacheinfo", f"100644,{blob},{prefix}{path}")
            tree = git.text("write-tree")
            return git.text("commit-tree", tree, "-p", base, "-m", message)

    def _tip(self, branch: str) -> str:
        """What the remote has now; empty: nothing."""
        listed = self._ask("ls-remote", self._remote, f"refs/heads/{branch}")
        return listed.partition("\t")[0]

    def _is_ours(self, branch: str, tip: str) -> bool:
        """Whether siteauto made the last commit of it."""
        self._ask("fetch", "--quiet", "--no-tags", self._remote, f"refs/heads/{branch}")
        return self._git.text("log", "-1", "--format=%ae", tip) == OURS

    def _ask(self, *arguments: str) -> str:
        done = self._online.try_to(*arguments, timeout=SLOW)
        if done.returncode:
            raise ForgeError(
                f"git {arguments[0]} failed at the remote {self._remote}",
                expected="a remote that takes branches called siteauto/drift/*",
                found=said(done)[:300],
                next_step="Run it again; a branch is pushed whole or not at all",
            )
        return done.stdout.decode(errors="replace").strip()
