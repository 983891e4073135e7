"""Recorded sessions of real devices, played by a real SSH server to Netmiko as it is and as siteauto wakes it."""

import asyncio
import re
import threading
from types import SimpleNamespace

import asyncssh
import pytest
import yaml
from netmiko import ConnectHandler
from tests.captures import read_capture

from siteauto.adapters.event_driven_netmiko import connect
from siteauto.adapters.netmiko_terminal import Terminal
from siteauto.core.completeness import find_defects
from siteauto.core.models import PlatformName
from siteauto.platforms import load_platforms

COMPARED = ("vyos", "perle_iolan", "tplink_jetstream")
PLAYED = {
    "vyos#Supermicro_1.4.3": "vyos",
    "perle#SCG50-RRU_6.2.G3": "perle_iolan",
    "tplink#DS-P7001-08_1.0.0": "tplink_jetstream",
    "aosw#Aruba7210_8.10.0.7": "aruba_os",
    "firelinuxos#FPR-1010_7.4.2": "cisco_ftd",
    "garderos#R7709_003_006_068": "garderos_grs",
    "netgear#GS752TPP_6.0.10.14": "netgear_prosafe",
    "saos10#Ciena-CN5171_saos-10-09-02-0181-RS3": "ciena_saos10",
    "tnsr#TNSR_24.10-3_short-config": "netgate_tnsr",
    "vsololt#V1600G0-B_V1.4.13R": "vsol_olt",
}
GREETINGS = {"vsol_olt": "\r\nRT_01|192.0.2.4-Site_OLT# "}  # as a login that needs no `enable` is greeted
LOGIN = {"host": "127.0.0.1", "username": "ops", "password": "x", "use_keys": False, "allow_agent": False}


class Anyone(asyncssh.SSHServer):
    """Lets every password in."""

    def password_auth_supported(self):
        return True

    def validate_password(self, username, password):
        return True


@pytest.fixture(scope="module", params=PLAYED)
def device(request):
    """One recording behind a port: device type, port, the commands that were recorded."""
    recorded = yaml.safe_load(read_capture(f"oxidized/{request.param}#simulation.yaml"))
    pairs = recorded["commands"]
    items = [*pairs.items()] if isinstance(pairs, dict) else [pair for one in pairs for pair in one.items()]
    answers = {sent.strip(): _bytes(answer or "") for sent, answer in items if sent.strip()}
    greeting = GREETINGS.get(PLAYED[request.param]) or _bytes(recorded["init_prompt"])
    pages = _pages(items)
    loop, ports, started = asyncio.new_event_loop(), [], threading.Event()

    async def play(process):
        prompt = re.sub(r"\x1b\[[HJ]", "", greeting.splitlines()[-1].rpartition("\r")[2])  # the screen is cleared once
        left = iter(())
        process.stdout.write(greeting.replace("\n", "\r\n"))
        async for sent in _lines(process):
            if sent in ("exit", "quit", "logout"):
                break
            if sent == " ":
                process.stdout.write(next(left, "").replace("\n", "\r\n"))
                continue
            left = iter(pages.get(sent, ()))
            process.stdout.write(answers.get(sent, f"{sent}\n{prompt}").replace("\n", "\r\n"))
        process.exit(0)

    async def serve():
        server = await asyncssh.listen(
            "127.0.0.1",
            0,
            server_factory=Anyone,
            server_host_keys=[asyncssh.generate_private_key("ssh-ed25519")],
            process_factory=play,
            line_editor=False,
        )
        ports.append(server.get_port())
        started.set()

    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    asyncio.run_coroutine_threadsafe(serve(), loop)
    assert started.wait(10)
    asked = [one for one, answer in answers.items() if one.startswith("show ") and answer]
    yield PLAYED[request.param], ports[0], asked
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)


def _pages(items):
    """The further pages of each command's answer: what came when Space was pressed."""
    pages, command = {}, ""
    for sent, answer in items:
        command = sent.strip() or command
        pages.setdefault(command, [])
        if not sent.strip():
            pages[command].append(_bytes(answer or ""))
    return pages


async def _lines(process):
    """Lines as they are typed, and a lone Space as soon as it is pressed."""
    line = ""
    while char := await process.stdin.read(1):
        if char == " " and not line:
            yield char
        elif char in "\r\n":
            yield line.strip()
            line = ""
        else:
            line += char


def _bytes(answer):
    return (
        answer.replace(r"\e", "\x1b")
        .encode("latin-1", "backslashreplace")
        .decode("unicode_escape")
        .replace("\r\n", "\n")
    )


def ask(open_session, device):
    kind, port, commands = device
    session = open_session(device_type=kind, **LOGIN, port=port)
    try:
        return {command: session.send_command(command, read_timeout=20) for command in commands}
    finally:
        session.disconnect()


def test_both_hear_the_same(device):
    """But for the prompt at the end, which plain Netmiko leaves there where a carriage return comes before it."""
    if device[0] not in COMPARED:
        pytest.skip("played to siteauto's own terminal only: plain Netmiko takes seconds for each")
    ours, plain = ask(connect, device), ask(ConnectHandler, device)
    assert ours.keys() == plain.keys()
    for command, answer in ours.items():
        more = plain[command].removeprefix(answer)
        assert more != plain[command], command
        assert len(more.split()) <= 1, more
    assert all(len(answer) > 20 for answer in ours.values())


def test_siteauto_fetches_the_whole_configuration(device):
    kind, port, _ = device
    platform = load_platforms()[PlatformName(kind)]
    names = platform.names.netmiko if platform.pager else kind
    session = connect(device_type=names, **LOGIN, port=port)
    target = SimpleNamespace(
        platform=platform, timeout=10, longest=60, writable=False, device=SimpleNamespace(name=kind)
    )
    try:
        terminal = Terminal(session, target)
        for command in platform.backup.before:
            terminal.run(command)
        text = terminal.run(platform.backup.running)
    finally:
        session.disconnect()
    assert find_defects(platform.backup, text) == ()
    assert platform.backup.running not in text
    assert not re.search(platform.pager or r"(?!)", text), "no end of a page is left in it"
    assert not re.match(platform.prompt, text.splitlines()[-1])
