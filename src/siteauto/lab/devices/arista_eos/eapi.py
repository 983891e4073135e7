"""Arista's eAPI: JSON-RPC over HTTPS. Every request is a login of its own and begins at the top of the CLI."""

import base64
import binascii
import json
from typing import Any

from siteauto.lab.devices.arista_eos.box import Box
from siteauto.lab.devices.arista_eos.commands import Commands, Done
from siteauto.lab.devices.arista_eos.device_state import api_is_on
from siteauto.lab.devices.arista_eos.typist import RefusedError
from siteauto.lab.services import Struck, Visit, WebReply, WebRequest

INVALID_COMMAND = 1002
UNCONVERTED = 1003
PATH = "/command-api"


class Eapi:
    """Implements WebService."""

    def __init__(self, box: Box) -> None:
        self._box = box

    @property
    def is_on(self) -> bool:
        """`management api http-commands` / `no shutdown`."""
        return api_is_on(self._box.running)

    def respond(self, request: WebRequest, visit: Visit) -> WebReply:
        """The answer to a request: of all its commands, up to the first that fails."""
        user, password = _login(request.headers.get("authorization", ""))
        if not visit.lets_in(user, password):
            return WebReply(status=401, body="Unable to authenticate user: Bad username/password combination\n")
        if request.method != "POST" or request.path != PATH:
            return WebReply(status=404, body="Not found\n", content_type="text/plain")
        try:
            call = json.loads(request.body)
            commands, form = call["params"]["cmds"], call["params"].get("format") or "json"
        except (ValueError, KeyError, TypeError):
            return _reply({"jsonrpc": "2.0", "id": None, "error": {"code": -32600, "message": "Invalid request"}})
        return _reply({"jsonrpc": "2.0", "id": call.get("id"), **self._run(commands, form, user, visit)})

    def _run(self, commands: list[Any], form: str, user: str, visit: Visit) -> dict[str, object]:
        login = Commands(self._box, user, "command-api", privileged=False)
        answers: list[dict[str, object]] = []
        for number, each in enumerate(commands, start=1):
            line, text = (each["cmd"], each.get("input")) if isinstance(each, dict) else (each, None)
            struck = visit.command(line)
            try:
                done = _refuse(struck.refusal) if struck.refusal else login.run(line, text)
                answers.append(_answer(done, form, struck))
            except (RefusedError, _UnconvertedError) as refused:
                code = UNCONVERTED if isinstance(refused, _UnconvertedError) else INVALID_COMMAND
                return _failure(code, (number, len(commands), line), str(refused), answers)
        return {"result": answers}


class _UnconvertedError(Exception):
    """Nobody has made a model of what this command prints."""


def _refuse(text: str) -> Done:
    """What a fault makes the box say. Raises RefusedError."""
    raise RefusedError(text.strip().removeprefix("% "))


def _answer(done: Done, form: str, struck: Struck) -> dict[str, object]:
    if form == "text":
        return {"output": struck.printed(done.text)}
    if done.data is None:
        raise _UnconvertedError("Command cannot be executed: unconverted command")
    return done.data


def _failure(code: int, where: tuple[int, int, str], said: str, answers: list[dict[str, object]]) -> dict[str, object]:
    number, count, line = where
    why = "invalid command" if code == INVALID_COMMAND else "unconverted command"
    message = f"CLI command {number} of {count} '{line}' failed: {why}"
    return {"error": {"code": code, "message": message, "data": [*answers, {"errors": [said]}]}}


def _login(header: str) -> tuple[str, str]:
    try:
        text = base64.b64decode(header.removeprefix("Basic ")).decode()
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    user, _, password = text.partition(":")
    return user, password


def _reply(data: dict[str, object]) -> WebReply:
    return WebReply(status=200, body=json.dumps(data), content_type="application/json-rpc")
