"""Many simulated Catalysts in one process, as cheap as an SSH server can be: one host key, one configuration, no state.

`python bench/backup_fleet.py COUNT LINES SECONDS` prints its port when all listen, and ends with its standard input.
Each box has an address of its own in 127.9.0.0/16; each answer comes after so many seconds.
"""

import asyncio
import sys

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


class Box:
    def __init__(self, number: int, lines: int, seconds: float) -> None:
        self.name = f"sw{number}"
        self.seconds = seconds
        self.answers = {
            "show running-config": configuration(self.name, lines),
            "show version": VERSION.format(name=self.name, number=number),
        }

    async def serve(self, process: "asyncssh.SSHServerProcess[str]") -> None:
        prompt, typed = f"{self.name}#", ""
        process.stdout.write(f"\r\n{prompt}")
        while data := await process.stdin.read(4096):
            typed += data.replace("\r\n", "\n").replace("\r", "\n")
            while "\n" in typed:
                line, _, typed = typed.partition("\n")
                if line.strip() in ("exit", "logout"):
                    process.exit(0)
                    return
                if line.strip() and self.seconds:
                    await asyncio.sleep(self.seconds)
                answer = self.answers.get(line.strip(), "").replace("\n", "\r\n")
                process.stdout.write(f"{line}\r\n{answer}{prompt}")
        process.exit(0)


class Login(asyncssh.SSHServer):
    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return username == "backup" and password == PASSWORD


async def main() -> None:
    count, lines, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    key, port = asyncssh.generate_private_key("ssh-ed25519"), 0
    for number in range(count):
        listener = await asyncssh.listen(
            address(number),
            port,
            server_factory=Login,
            server_host_keys=[key],
            process_factory=Box(number, lines, seconds).serve,
            line_editor=False,
        )
        port = listener.get_port()
    print(port, flush=True)
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
