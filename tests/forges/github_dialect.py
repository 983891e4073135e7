"""What GitHub's API says of a forge's state. Shapes and limits are those of its published description."""

import base64
import gzip
import re

from .server import AT, Answer, page_of

LIMIT = 65_536
OWNER, NAME = "maison", "sites"
LEVELS = {"notice", "warning", "failure"}
USER_LINKS = (
    "followers", "following", "gists", "starred", "subscriptions", "organizations", "repos", "events", "received_events",
)  # fmt: skip


class GitHub:
    prefix = ""
    origin = ""

    def __init__(self, state):
        self.state = state
        repo = f"/repos/{OWNER}/{NAME}"
        self.routes = [
            ("GET", "/user", self.user),
            ("POST", "/graphql", self.viewer),
            ("GET", f"{repo}/pulls", self.list_pulls),
            ("POST", f"{repo}/pulls", self.create_pull),
            ("GET", rf"{repo}/pulls/(\d+)", self.get_pull),
            ("PATCH", rf"{repo}/pulls/(\d+)", self.edit_pull),
            ("GET", rf"{repo}/pulls/(\d+)/files", self.list_files),
            ("GET", rf"{repo}/issues/(\d+)/comments", self.list_comments),
            ("POST", rf"{repo}/issues/(\d+)/comments", self.create_comment),
            ("GET", rf"{repo}/issues/comments/(\d+)", self.get_comment),
            ("PATCH", rf"{repo}/issues/comments/(\d+)", self.edit_comment),
            ("DELETE", rf"{repo}/issues/comments/(\d+)", self.delete_comment),
            ("GET", rf"{repo}/commits/([0-9a-f]+)", self.get_commit),
            ("GET", rf"{repo}/commits/([0-9a-f]+)/status", self.combined_status),
            ("POST", rf"{repo}/statuses/([0-9a-f]+)", self.create_status),
            ("GET", rf"{repo}/commits/([0-9a-f]+)/check-runs", self.list_checks),
            ("POST", f"{repo}/check-runs", self.create_check),
            ("PATCH", rf"{repo}/check-runs/(\d+)", self.edit_check),
            ("POST", f"{repo}/code-scanning/sarifs", self.take_sarif),
        ]

    @staticmethod
    def token_of(headers):
        return (headers.get("Authorization") or "").removeprefix("token ").removeprefix("Bearer ")

    @staticmethod
    def refusal(message, status):
        return {"message": message, "documentation_url": "https://docs.github.com/rest", "status": str(status)}

    def invalid(self, message, field="body", resource="IssueComment"):
        errors = [{"resource": resource, "code": "custom", "field": field, "message": message}]
        return Answer(422, {**self.refusal("Validation Failed", 422), "errors": errors})

    def missing(self):
        return Answer(404, self.refusal("Not Found", 404))

    # ── pull requests ────────────────────────────────────────────────────────────────────────────────────────────────

    def user(self, asked, login):
        if login.endswith("[bot]"):
            return Answer(403, self.refusal("Resource not accessible by integration", 403))
        counts = dict.fromkeys(("public_repos", "public_gists", "followers", "following", "private_gists"), 0)
        counts |= dict.fromkeys(("total_private_repos", "owned_private_repos", "disk_usage", "collaborators"), 0)
        words = dict.fromkeys(("name", "company", "blog", "location", "email", "hireable", "bio"), None)
        extra = {"blog": "", "created_at": AT, "updated_at": AT, "two_factor_authentication": True}
        return Answer(200, {**self._user(login), **words, **counts, **extra})

    def viewer(self, asked, login):
        assert asked.body["query"] == "query { viewer { login } }"
        return Answer(200, {"data": {"viewer": {"login": login}}})

    def list_pulls(self, asked, login):
        wanted = asked.query.get("state", "open")
        found = [one for one in self.state.pulls.values() if wanted == "all" or one.is_open == (wanted == "open")]
        if "head" in asked.query:
            found = [one for one in found if f"{'stranger' if one.fork else OWNER}:{one.branch}" == asked.query["head"]]
        page, link, _ = page_of(found[::-1], asked, self._api("/pulls"))
        return Answer(200, [self._pull(one, whole=False) for one in page], link)

    def create_pull(self, asked, login):
        body = asked.body
        if not self.state.git("rev-parse", "--verify", "--quiet", f"refs/heads/{body['head']}"):
            return self.invalid("head is invalid", "head", "PullRequest")
        if any(one.is_open and one.branch == body["head"] for one in self.state.pulls.values()):
            return self.invalid(f"A pull request already exists for {OWNER}:{body['head']}.", "base", "PullRequest")
        if not self.state.git("rev-list", f"{body['base']}..{body['head']}"):
            return self.invalid(f"No commits between {body['base']} and {body['head']}", "base", "PullRequest")
        if len(body.get("body") or "") > LIMIT:
            return self.invalid("body is too long (maximum is 65536 characters)", "body", "PullRequest")
        made = self.state.propose(body["head"], body["base"], body["title"], body.get("body") or "", login)
        return Answer(201, self._pull(made))

    def get_pull(self, asked, login, number):
        found = self.state.pulls.get(int(number))
        return Answer(200, self._pull(found)) if found else self.missing()

    def edit_pull(self, asked, login, number):
        found = self.state.pulls.get(int(number))
        if not found:
            return self.missing()
        if len(asked.body.get("body") or "") > LIMIT:
            return self.invalid("body is too long (maximum is 65536 characters)", "body", "PullRequest")
        found.title, found.body = asked.body.get("title", found.title), asked.body.get("body", found.body)
        found.is_open = asked.body.get("state", "open" if found.is_open else "closed") == "open"
        return Answer(200, self._pull(found))

    def list_files(self, asked, login, number):
        found = self.state.pulls.get(int(number))
        files = [
            {
                "sha": self.state.head_of(found), "filename": path, "status": word, "patch": patch,
                "additions": patch.count("\n+"), "deletions": patch.count("\n-"), "changes": 0,
                "blob_url": self._api("/blob"), "raw_url": self._api("/raw"), "contents_url": self._api("/contents"),
            }
            for word, path, patch in self.state.files_of(found)
        ]  # fmt: skip
        return Answer(200, files)

    # ── comments ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def list_comments(self, asked, login, number):
        if int(number) not in self.state.pulls:
            return self.missing()
        found = [self._comment(note) for note in self.state.notes.values() if note.pull == int(number)]
        page, link, _ = page_of(found, asked, self._api(f"/issues/{number}/comments"))
        return Answer(200, page, link)

    def create_comment(self, asked, login, number):
        if int(number) not in self.state.pulls:
            return self.missing()
        if len(asked.body["body"]) > LIMIT:
            return self.invalid("body is too long (maximum is 65536 characters)")
        return Answer(201, self._comment(self.state.comment(int(number), login, asked.body["body"])))

    def get_comment(self, asked, login, comment):
        note = self.state.notes.get(int(comment))
        return Answer(200, self._comment(note)) if note else self.missing()

    def edit_comment(self, asked, login, comment):
        note = self.state.notes.get(int(comment))
        if not note:
            return self.missing()
        if len(asked.body["body"]) > LIMIT:
            return self.invalid("body is too long (maximum is 65536 characters)")
        note.body = asked.body["body"]
        return Answer(200, self._comment(note))

    def delete_comment(self, asked, login, comment):
        return Answer(204) if self.state.notes.pop(int(comment), None) else self.missing()

    # ── marks ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def get_commit(self, asked, login, sha):
        if self.state.git("cat-file", "-t", sha) != "commit" and sha not in self._forks():
            return self.invalid(f"No commit found for SHA: {sha}", "sha", "Commit")
        person = {"name": "anna", "email": "anna@example.net", "date": AT}
        url = self._api(f"/commits/{sha}")
        commit = {
            "url": url, "author": person, "committer": person, "message": "x", "comment_count": 0,
            "tree": {"sha": sha, "url": url},
        }  # fmt: skip
        links = dict.fromkeys(("url", "html_url", "comments_url"), url)
        facts = {"sha": sha, "node_id": "C", "author": None, "committer": None, "parents": []}
        return Answer(200, {**links, **facts, "commit": commit})

    def combined_status(self, asked, login, sha):
        newest = {one["context"]: one for one in self.state.statuses[sha]}
        simple = [{key: one[key] for key in one if key != "creator"} for one in newest.values()]
        url = self._api(f"/commits/{sha}/status")
        return Answer(
            200,
            {
                "state": "pending" if not simple else "success", "statuses": simple, "sha": sha,
                "total_count": len(simple), "repository": self._repository(minimal=True), "commit_url": url, "url": url,
            },
        )  # fmt: skip

    def create_status(self, asked, login, sha):
        if len(asked.body.get("description") or "") > 140:
            return self.invalid("description is too long (maximum is 140 characters)", "description", "Status")
        if asked.body["state"] not in ("error", "failure", "pending", "success"):
            return self.invalid("state is not included in the list", "state", "Status")
        made = {
            "url": self._api(f"/statuses/{sha}"), "avatar_url": None, "id": self.state.fresh_id(), "node_id": "S",
            "state": asked.body["state"], "description": asked.body.get("description"),
            "target_url": asked.body.get("target_url"), "context": asked.body.get("context", "default"),
            "created_at": AT, "updated_at": AT, "creator": self._user(login),
        }  # fmt: skip
        self.state.statuses[sha].append(made)
        return Answer(201, made)

    def list_checks(self, asked, login, sha):
        wanted = asked.query.get("check_name")
        found = [one for one in self.state.checks.values() if one["head_sha"] == sha and wanted in (None, one["name"])]
        return Answer(200, {"total_count": len(found), "check_runs": [self._check(one) for one in found]})

    def create_check(self, asked, login):
        if not login.endswith("[bot]"):
            return Answer(403, self.refusal("You must authenticate via a GitHub App.", 403))
        made = {
            "id": self.state.fresh_id(),
            "name": asked.body["name"],
            "head_sha": asked.body["head_sha"],
            "annotations": [],
        }
        self.state.checks[made["id"]] = made
        return self._put_check(made, asked.body, 201)

    def edit_check(self, asked, login, check):
        found = self.state.checks.get(int(check))
        return self._put_check(found, asked.body, 200) if found else self.missing()

    def _put_check(self, check, body, status):
        output = body.get("output") or {}
        rows = output.get("annotations") or []
        if len(rows) > 50:
            return self.invalid("No more than 50 items are allowed", "annotations", "CheckRun")
        assert {row["annotation_level"] for row in rows} <= LEVELS
        if len(output.get("summary", "")) > 65_535:
            return self.invalid("summary exceeds a maximum bytesize of 65535", "summary", "CheckRun")
        check["annotations"] += rows
        check |= {"summary": output.get("summary", check.get("summary")), "title": output.get("title")}
        check |= {key: body[key] for key in ("status", "conclusion") if key in body}
        return Answer(status, self._check(check))

    def take_sarif(self, asked, login):
        if not self.state.scans:
            return Answer(403, self.refusal("Code scanning is not enabled for this repository.", 403))
        number = re.fullmatch(r"refs/pull/(\d+)/(?:head|merge)", asked.body["ref"])
        pull = self.state.pulls.get(int(number[1])) if number else None
        if pull is None or asked.body["commit_sha"] != self.state.head_of(pull):
            return Answer(404, self.refusal("ref not found in this repository", 404))
        text = gzip.decompress(base64.b64decode(asked.body["sarif"], validate=True)).decode()
        self.state.sarifs.append(text)
        made = str(self.state.fresh_id())
        return Answer(202, {"id": made, "url": self._api(f"/code-scanning/sarifs/{made}")})

    # ── shapes ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _api(self, path):
        return f"{self.origin}/repos/{OWNER}/{NAME}{path}"

    def _forks(self):
        return {one.fork for one in self.state.pulls.values() if one.fork}

    def _user(self, login):
        url = f"{self.origin}/users/{login}"
        links = {f"{name}_url": f"{url}/{name}" for name in USER_LINKS}
        facts = {"login": login, "id": sum(map(ord, login)), "node_id": "U", "avatar_url": url, "gravatar_id": ""}
        kind = "Bot" if login.endswith("[bot]") else "User"
        return {**facts, "url": url, "html_url": url, **links, "type": kind, "site_admin": False}

    def _repository(self, full_name=f"{OWNER}/{NAME}", *, minimal=False):
        """A part: the rest of its seventy fields is of no use here."""
        name = full_name.partition("/")[2]
        return {
            "id": 1, "node_id": "R", "name": name, "full_name": full_name, "private": True, "owner": self._user(OWNER),
            "html_url": self.origin, "description": None, "fork": False, "url": self._api(""),
        }  # fmt: skip

    def _comment(self, note):
        url = self._api(f"/issues/comments/{note.id}")
        return {
            "id": note.id, "node_id": "IC", "url": url, "html_url": url, "body": note.body, "user": self._user(note.author),
            "created_at": AT, "updated_at": AT, "issue_url": self._api(f"/issues/{note.pull}"),
            "author_association": "NONE", "performed_via_github_app": None,
        }  # fmt: skip

    def _check(self, one):
        url = self._api(f"/check-runs/{one['id']}")
        output = {
            "title": one["title"], "summary": one["summary"], "text": None,
            "annotations_count": len(one["annotations"]), "annotations_url": f"{url}/annotations",
        }  # fmt: skip
        return {
            "id": one["id"], "head_sha": one["head_sha"], "node_id": "CR", "external_id": "", "url": url, "html_url": url,
            "details_url": url, "status": one.get("status", "queued"), "conclusion": one.get("conclusion"),
            "started_at": AT, "completed_at": AT, "output": output, "name": one["name"], "check_suite": {"id": 1},
            "app": None, "pull_requests": [],
        }  # fmt: skip

    def _label(self, name):
        url = self._api(f"/labels/{name}")
        return {
            "id": 1,
            "node_id": "L",
            "url": url,
            "name": name,
            "description": None,
            "color": "ff0000",
            "default": False,
        }

    def _pull(self, one, *, whole=True):
        url = self._api(f"/pulls/{one.number}")
        links = {
            f"{name}_url": url
            for name in (
                "html",
                "diff",
                "patch",
                "issue",
                "commits",
                "review_comments",
                "review_comment",
                "comments",
                "statuses",
            )
        }
        links["issue_url"] = self._api(f"/issues/{one.number}")
        owner = "stranger" if one.fork else OWNER
        head = {
            "label": f"{owner}:{one.branch}", "ref": one.branch, "sha": self.state.head_of(one), "user": self._user(owner),
            "repo": self._repository(f"{owner}/{NAME}"),
        }  # fmt: skip
        base = {
            "label": f"{OWNER}:{one.base}", "ref": one.base, "sha": self.state.git("rev-parse", one.base),
            "user": self._user(OWNER), "repo": self._repository(),
        }  # fmt: skip
        names = ("self", "html", "issue", "comments", "review_comments", "review_comment", "commits", "statuses")
        facts = {
            "url": url, "id": one.number, "node_id": "PR", "number": one.number, "title": one.title, "body": one.body,
            "state": "open" if one.is_open else "closed", "locked": False, "user": self._user(one.author), "labels": [self._label(name) for name in one.labels],
            "milestone": None, "created_at": AT, "updated_at": AT, "closed_at": None, "merged_at": AT if one.is_merged else None,
            "merge_commit_sha": None, "assignee": None, "assignees": [], "requested_reviewers": [], "requested_teams": [],
            "head": head, "base": base, "author_association": "NONE", "auto_merge": None, "draft": False,
            "_links": {name: {"href": url} for name in names},
        }  # fmt: skip
        counts = dict.fromkeys(("comments", "review_comments", "commits", "additions", "deletions", "changed_files"), 0)
        more = {
            "merged": False, "mergeable": True, "mergeable_state": "clean", "merged_by": None,
            "maintainer_can_modify": False, "rebaseable": True, **counts,
        }  # fmt: skip
        return {**facts, **links, **(more if whole else {})}
