"""A strict forge on loopback, with a real bare repository behind it. What it must refuse, it refuses.

`GitHub` and `GitLab` (beside this file) are the two dialects of one state. `faults` are asked before each request; what
one of them gives is the answer. `traffic` holds everything that was said, for whoever compares it with a description.
"""

import json
import re
import subprocess
import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

SILENT = -1  # the status of an answer that never comes
AT = "2026-11-03T04:00:00Z"


@dataclass
class Asked:
    method: str
    path: str
    query: dict
    body: object
    token: str


@dataclass
class Answer:
    status: int
    body: object = None
    headers: dict = field(default_factory=dict)


@dataclass
class Said:
    asked: Asked
    answer: Answer


@dataclass
class Pull:
    number: int
    title: str
    body: str
    branch: str
    base: str
    author: str
    is_open: bool = True
    is_merged: bool = False
    labels: list = field(default_factory=list)
    fork: str = ""  # the head of a branch of somebody else's repository


@dataclass
class Note:
    id: int
    pull: int
    author: str
    body: str


class State:
    """What the forge holds. Heads of branches come from the repository, never from memory."""

    def __init__(self, repository):
        self.repository = repository
        self.tokens = {}  # token -> (login, rights)
        self.pulls, self.notes, self.statuses, self.checks = {}, {}, defaultdict(list), {}
        self.ids = 100
        self.scans, self.sarifs = True, []  # whether there is code scanning, and what it was given

    def fresh_id(self):
        self.ids += 1
        return self.ids

    def git(self, *arguments):
        result = subprocess.run(["git", "-C", str(self.repository), *arguments], capture_output=True, text=True)
        return result.stdout.strip() if result.returncode == 0 else ""

    def head_of(self, pull):
        return pull.fork or self.git("rev-parse", "--verify", "--quiet", f"refs/heads/{pull.branch}")

    def files_of(self, pull):
        """(status, path, patch) of each file that a pull request changes."""
        range_ = f"{pull.base}...{self.head_of(pull)}"
        for line in self.git("diff", "--name-status", "--no-renames", range_).splitlines():
            word, path = line.split("\t")
            patch = self.git("diff", "--unified=3", range_, "--", path).split("\n@@", 1)
            yield {"A": "added", "D": "removed", "M": "modified"}[word], path, f"@@{patch[-1]}"

    def propose(self, branch, base, title="A change", body="", author="anna", fork=""):
        number = len(self.pulls) + 1
        self.pulls[number] = Pull(number, title, body, branch, base, author, fork=fork)
        return self.pulls[number]

    def comment(self, number, author, body):
        note = Note(self.fresh_id(), number, author, body)
        self.notes[note.id] = note
        return note

    def bodies(self, number):
        return [note.body for note in self.notes.values() if note.pull == number]


class ForgeServer:
    """Serves one dialect of a state until it is closed."""

    def __init__(self, state, dialect):
        self.state, self.dialect = state, dialect(state)
        self.faults: list[Callable[[Asked], Answer | None]] = []
        self.traffic: list[Said] = []
        self._lock, self.closed = threading.Lock(), threading.Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self):
                size = int(self.headers.get("Content-Length") or 0)
                content = self.rfile.read(size)
                answer = server.answer(self.command, self.path, self.headers, content)
                if answer.status == SILENT:
                    server.closed.wait(30)
                if answer.status <= 0:  # hang up without a word
                    self.close_connection = True
                    return
                body = b"" if answer.body is None else json.dumps(answer.body).encode()
                self.send_response(answer.status)
                for name, value in {**answer.headers, "Content-Type": "application/json"}.items():
                    self.send_header(name, str(value))
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = handle_any  # noqa: N815

            def log_message(self, *_):
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.dialect.origin = self.origin = f"http://127.0.0.1:{self._http.server_port}"
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def api_url(self):
        return self.origin + self.dialect.prefix

    @property
    def writes(self):
        return [f"{said.asked.method} {said.asked.path}" for said in self.traffic if said.asked.method != "GET"]

    def close(self):
        self.closed.set()
        self._http.shutdown()
        self._http.server_close()

    def answer(self, method, target, headers, content):
        parts = urlsplit(target)
        asked = Asked(
            method=method,
            path=parts.path,
            query={key: values[-1] for key, values in parse_qs(parts.query, keep_blank_values=True).items()},
            body=json.loads(content) if content else None,
            token=self.dialect.token_of(headers),
        )
        fault = next((found for fault in tuple(self.faults) if (found := fault(asked)) is not None), None)
        with self._lock:
            answer = fault or self._route(asked)
            self.traffic.append(Said(asked, answer))
        return answer

    def _route(self, asked):
        login, rights = self.state.tokens.get(asked.token, ("", frozenset()))
        if not login:
            return Answer(401, self.dialect.refusal("Bad credentials", 401))
        for method, pattern, handler in self.dialect.routes:
            match = re.fullmatch(self.dialect.prefix + pattern, asked.path)
            if match and method == asked.method:
                if method != "GET" and "write" not in rights:
                    return Answer(403, self.dialect.refusal("Resource not accessible by integration", 403))
                return handler(asked, login, *map(unquote, match.groups()))
        return Answer(404, self.dialect.refusal("Not Found", 404))


def page_of(items, asked, url):
    """One page, and the headers that lead to the next."""
    size, number = int(asked.query.get("per_page", 30)), int(asked.query.get("page", 1))
    assert 1 <= size <= 100
    start = (number - 1) * size
    last = start + size >= len(items)
    link = {} if last else {"Link": f'<{url}?per_page={size}&page={number + 1}>; rel="next"'}
    return items[start : start + size], link, (number if last else number + 1)


def once(answer, *, method="", path=""):
    """A fault that strikes the first request of this method with this in its path."""
    left = [answer]

    def fault(asked):
        if left and (not method or asked.method == method) and path in asked.path:
            return left.pop()
        return None

    return fault


def always(answer, *, method="", path=""):
    """A fault that strikes every such request."""
    return lambda asked: answer if (not method or asked.method == method) and path in asked.path else None
