"""Whether a device that is to move still answers at the address of a session that is silent."""

import contextlib
import socket
from types import SimpleNamespace

import pytest

from siteauto.adapters.jump_host import has_left


@pytest.fixture
def server():
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield server


def target(server, elsewhere="10.0.0.9", proxy=""):
    port = server.getsockname()[1]
    return SimpleNamespace(
        host="127.0.0.1", port=port, elsewhere=elsewhere, timeout=5.0, proxy_command=proxy, way=proxy
    )


def test_one_that_answers_is_waited_for(server):
    assert not has_left(target(server))


def test_one_that_does_not_has_left_if_it_is_to_move(server):
    gone, stays = target(server), target(server, elsewhere="")
    server.close()
    assert has_left(gone)
    assert not has_left(stays)


def test_a_jump_host_that_leads_nowhere_says_so_too(server):
    assert has_left(target(server, proxy="sh -c 'exit 1'"))
    assert not has_left(target(server, proxy="sh -c 'echo SSH-2.0-x; cat'"))
