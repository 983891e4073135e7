"""Many simulated Catalysts in one process, as cheap as an SSH server can be: one host key, one configuration, no state.

`python bench/backup_fleet.py COUNT LINES SECONDS SICK` prints its port when all listen, and ends with its standard
input. Each box has an address of its own in 127.9.0.0/16; each answer comes after so many seconds; the first SICK boxes
are sick.
"""

import asyncio
import sys
from functools import partial

import asyncssh

PASSWORD = "fleet-password"
VERSION = """\
Cisco IOS Software [Cupertino], Catalyst L3 Switch Software (CAT9K_LITE_IOSXE), Version 17.9.4, RELEASE SOFTWARE (fc5)
{name} uptime is 4 weeks
cisco C9200L-24P-4X (ARM64) processor with 1387K/3071K bytes of memory.
Processor board ID JAE{number:08d}
"""


def address(number: int) -> str:
    return f"127.9.{number // 200}.{number % 200 + 1}"


def configuration(name: str, lines: int) -> str:
    body = [f"hostname {name}"]
    for port in range((lines - 6) // 4):
        interface = f"interface GigabitEthernet{port // 48 + 1}/0/{port % 48 + 1}"
        body += [interface, f" description desk {port}", f" switchport access vlan {port % 90 + 2}", "!"]
    text = "\n".join(["version 17.9", *body, "end", ""])
    return f"Building configuration...\n\nCurrent configuration : {len(text)} bytes\n!\n{text}"


class Box(asyncssh.SSHServerSession[str]):
    """One session. A sick box says nothing more in the middle of its configuration."""

    def __init__(self, answers: dict[str, str], prompt: str, seconds: float, *, sick: bool) -> None:
        self.answers, self.prompt, self.seconds, self.sick = answers, prompt, seconds, sick
        self.typed = ""

    def connection_made(self, chan: "asyncssh.SSHServerChannel[str]") -> None:
        self.channel = chan

    def pty_requested(self, *_: object) -> bool:
        return True

    def shell_requested(self) -> bool:
        return True

    def session_started(self) -> None:
        self.channel.write(f"\r\n{self.prompt}")

    def data_received(self, data: str, _: object) -> None:
        *lines, self.typed = (self.typed + data.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
        for line in lines:
            if line.strip() in ("exit", "logout"):
                self.channel.exit(0)
            elif line.strip() and self.seconds:
                asyncio.get_running_loop().call_later(self.seconds, self.answer, line)
            else:
                self.answer(line)

    def answer(self, line: str) -> None:
        text = self.answers.get(line.strip(), "").replace("\n", "\r\n")
        whole = f"{line}\r\n{text}{self.prompt}"
        self.channel.write(whole[: len(whole) // 2] if self.sick and text else whole)


class Login(asyncssh.SSHServer):
    def __init__(self, number: int, lines: int, seconds: float, sickness: str) -> None:
        self.number, self.lines, self.seconds, self.sickness = number, lines, seconds, sickness

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return self.sickness != "refuses" and username == "backup" and password == PASSWORD

    def session_requested(self) -> Box:
        name = f"sw{self.number}"
        answers = {
            "show running-config": configuration(name, self.lines),
            "show version": VERSION.format(name=name, number=self.number),
        }
        return Box(answers, f"{name}#", self.seconds, sick=self.sickness == "stops")


SICKNESSES = ("deaf", "stops", "refuses")  # no word at all; none after half a configuration; no login


async def main() -> None:
    count, lines, seconds, sick = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
    key, port = asyncssh.generate_private_key("ssh-ed25519"), 0
    for number in range(count):
        sickness = SICKNESSES[number % 3] if number < sick else ""
        if sickness == "deaf":
            listener = await asyncio.start_server(lambda *_: None, address(number), port)
            port = listener.sockets[0].getsockname()[1]
            continue
        box = partial(Login, number, lines, seconds, sickness)
        served = await asyncssh.listen(
            address(number), port, server_factory=box, server_host_keys=[key], line_editor=False
        )
        port = served.get_port()
    print(port, flush=True)
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
