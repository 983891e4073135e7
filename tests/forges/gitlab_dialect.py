"""What GitLab's API (version 4) says of a forge's state."""

from .server import AT, Answer, page_of

LIMIT = 1_000_000
STATES = {"pending", "running", "success", "failed", "canceled", "skipped"}
PROJECT = r"/projects/maison%2Fsites"


class GitLab:
    prefix = "/api/v4"
    origin = ""

    def __init__(self, state):
        self.state = state
        one = rf"{PROJECT}/merge_requests/(\d+)"
        self.routes = [
            ("GET", "/user", self.user),
            ("GET", f"{PROJECT}/merge_requests", self.list_requests),
            ("POST", f"{PROJECT}/merge_requests", self.create_request),
            ("GET", one, self.get_request),
            ("PUT", one, self.edit_request),
            ("GET", f"{one}/notes", self.list_notes),
            ("POST", f"{one}/notes", self.create_note),
            ("PUT", rf"{one}/notes/(\d+)", self.edit_note),
            ("DELETE", rf"{one}/notes/(\d+)", self.delete_note),
            ("GET", rf"{PROJECT}/repository/commits/([0-9a-f]+)/statuses", self.list_statuses),
            ("POST", rf"{PROJECT}/statuses/([0-9a-f]+)", self.create_status),
        ]

    @staticmethod
    def token_of(headers):
        return headers.get("PRIVATE-TOKEN") or ""

    @staticmethod
    def refusal(message, status):
        return {"message": f"{status} {message}"}

    def user(self, asked, login):
        return Answer(200, {"id": 1, "username": login, "name": login, "state": "active"})

    def list_requests(self, asked, login):
        wanted = {"opened": True, "closed": False}.get(asked.query.get("state", "all"))
        branch = asked.query.get("source_branch")
        found = [
            self._request(one)
            for one in self.state.pulls.values()
            if wanted in (None, one.is_open) and branch in (None, one.branch)
        ]
        return self._page(found[::-1], asked)

    def create_request(self, asked, login):
        body = asked.body
        if any(one.is_open and one.branch == body["source_branch"] for one in self.state.pulls.values()):
            return Answer(409, {"message": ["Another open merge request already exists for this source branch: !1"]})
        if not self.state.git("rev-parse", "--verify", "--quiet", f"refs/heads/{body['source_branch']}"):
            return Answer(400, {"message": {"source_branch": ["does not exist"]}})
        if len(body.get("description") or "") > LIMIT:
            return Answer(400, {"message": {"description": ["is too long (maximum is 1048576 characters)"]}})
        made = self.state.propose(
            body["source_branch"], body["target_branch"], body["title"], body.get("description") or "", login
        )
        return Answer(201, self._request(made))

    def get_request(self, asked, login, number):
        found = self.state.pulls.get(int(number))
        return Answer(200, self._request(found)) if found else self.missing()

    def edit_request(self, asked, login, number):
        found = self.state.pulls.get(int(number))
        if not found:
            return self.missing()
        found.title = asked.body.get("title", found.title)
        found.body = asked.body.get("description", found.body)
        found.is_open = {"close": False, "reopen": True}.get(asked.body.get("state_event"), found.is_open)
        return Answer(200, self._request(found))

    def list_notes(self, asked, login, number):
        assert asked.query.get("sort", "desc") in ("asc", "desc")
        found = [self._note(note) for note in self.state.notes.values() if note.pull == int(number)]
        if int(number) not in self.state.pulls:
            return self.missing()
        system = {**self._note(next(iter(self.state.notes.values()))), "system": True} if found else None
        found = [*([system] if system else []), *found]
        return self._page(found if asked.query.get("sort") == "asc" else found[::-1], asked)

    def create_note(self, asked, login, number):
        if int(number) not in self.state.pulls:
            return self.missing()
        if len(asked.body["body"]) > LIMIT:
            return Answer(400, {"message": {"note": ["is too long (maximum is 1000000 characters)"]}})
        return Answer(201, self._note(self.state.comment(int(number), login, asked.body["body"])))

    def edit_note(self, asked, login, number, note):
        found = self.state.notes.get(int(note))
        if not found:
            return self.missing()
        if found.author != login:
            return Answer(403, self.refusal("Forbidden", 403))
        if len(asked.body["body"]) > LIMIT:
            return Answer(400, {"message": {"note": ["is too long (maximum is 1000000 characters)"]}})
        found.body = asked.body["body"]
        return Answer(200, self._note(found))

    def delete_note(self, asked, login, number, note):
        return Answer(204) if self.state.notes.pop(int(note), None) else self.missing()

    def list_statuses(self, asked, login, sha):
        newest = {one["name"]: one for one in self.state.statuses[sha]}
        return self._page(list(newest.values()), asked)

    def create_status(self, asked, login, sha):
        state, name = asked.body["state"], asked.body.get("name", "default")
        if state not in STATES:
            return Answer(400, {"error": "state does not have a valid value"})
        if len(asked.body.get("description") or "") > 255:
            return Answer(400, {"message": {"description": ["is too long (maximum is 255 characters)"]}})
        old = [one for one in self.state.statuses[sha] if one["name"] == name]
        if old and old[-1]["status"] == state:
            return Answer(400, {"message": f"Cannot transition status via :enqueue from :{state}"})
        made = {
            "id": self.state.fresh_id(), "sha": sha, "ref": None, "status": state, "name": name, "created_at": AT,
            "target_url": asked.body.get("target_url"), "description": asked.body.get("description"),
            "author": {"id": 1, "username": login},
        }  # fmt: skip
        self.state.statuses[sha].append(made)
        return Answer(201, made)

    def missing(self):
        return Answer(404, self.refusal("Not found", 404))

    def _page(self, items, asked):
        url = f"{self.origin}{asked.path}"
        page, link, following = page_of(items, asked, url)
        number = int(asked.query.get("page", 1))
        headers = {"X-Page": number, "X-Next-Page": following if following != number else "", "X-Total": len(items)}
        return Answer(200, page, {**link, **headers})

    def _note(self, note):
        author = {"id": 1, "username": note.author}
        return {
            "id": note.id,
            "body": note.body,
            "author": author,
            "system": False,
            "created_at": AT,
            "noteable_iid": note.pull,
        }

    def _request(self, one):
        return {
            "id": 1000 + one.number, "iid": one.number, "project_id": 1, "title": one.title, "description": one.body,
            "state": "opened" if one.is_open else "merged" if one.is_merged else "closed", "source_branch": one.branch, "target_branch": one.base,
            "sha": self.state.head_of(one), "web_url": f"{self.origin}/maison/sites/-/merge_requests/{one.number}",
            "source_project_id": 2 if one.fork else 1, "target_project_id": 1, "author": {"id": 1, "username": one.author}, "labels": one.labels,
        }  # fmt: skip
