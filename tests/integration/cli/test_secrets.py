"""No secret of a lab gets anywhere but to its device, whatever happens on the way."""

import base64

import pytest
from tests.canary import Onlooker, leaks, secrets_of, texts_below
from tests.operators import SITE, an_operator

from siteauto.core.config.stored_forms import type7

from .conftest import typed


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A walk with trouble on the way: the secrets, and every text that came of it, by where it was found."""
    folder = tmp_path_factory.mktemp("secrets")
    texts, temporary = {}, folder / "tmp"
    temporary.mkdir()
    with an_operator(folder / "operator") as operator:
        operator.environment |= {"SITEAUTO_DEBUG": "1", "TMPDIR": str(temporary)}

        def keep(*words):
            process = operator.start(*words)
            with Onlooker(process) as onlooker:
                out, err = process.communicate(timeout=600)
            name = f"{len(texts)} {' '.join(words)}"
            texts.update({f"{name} ({process.returncode}): output": out + err})
            texts[f"{name}: command lines"] = "\n".join(sorted(onlooker.seen))
            return process.returncode

        def keep_said(*words):
            """Of a verb that differs from one with a process of its own only in what it says."""
            ended = operator.type(*words)
            texts[f"{len(texts)} {' '.join(words)} ({ended.code}): output"] = ended.out + ended.err

        keep("lab", "up", SITE)
        values = secrets_of(operator.lab_folder)
        keep_said("render", SITE)
        keep_said("render", SITE, "--bootstrap")
        # The one device that is typed its secrets in plain, and refuses one of them.
        text = "value parse error before 'x'\nCommand fail. Return code -56"
        operator.lab_state.client().ask("fault", device="fw1", kind="refuse", pattern="set password", text=text)
        assert keep("provision", SITE, "--yes", "--settle", "0.1", "--diff-lines", "0") == 3
        operator.lab("clear")
        operator.lab("fault", "sw1", "wrong-password")
        assert keep("plan", SITE) == 4
        operator.lab("clear")
        assert keep("provision", SITE, "--yes", "--settle", "0.1", "--diff-lines", "0") == 4
        with typed(operator, "sw2", "GigabitEthernet1/0/30", "description temporary"):
            keep("drift", SITE)
            for form in ("json", "markdown"):
                keep_said("drift", SITE, "--format", form)
        keep("backup", SITE, "--format", "json")
        for verb in ("verify", "plan"):
            keep_said(verb, SITE, "--format", "json")
        texts.update(texts_below(operator.state))
        yield values, texts, list(temporary.rglob("*"))


def test_no_secret_is_told(told):
    values, texts, _ = told
    assert leaks(values, texts) == []


def test_nothing_private_is_left_behind(told):
    assert told[2] == []


def test_the_walk_went_past_secrets(told):
    """So that the test above has something to find: names of secrets are all over the place."""
    _, texts, _ = told
    everything = "\n".join(texts.values())
    for name in ("local_admin", "radius", "snmp_auth", "ntp", "wlan_staff"):
        assert f"secret://{SITE}/{name}" in everything
    assert sum("command lines" in place for place in texts) > 5
    assert any("git" in text for place, text in texts.items() if "command lines" in place)
    assert any(place.endswith(".git") for place in texts)


@pytest.mark.parametrize(
    "hide",
    [
        lambda value: value,
        lambda value: f"<{value}>",
        lambda value: base64.b64encode(value.encode()).decode(),
        lambda value: base64.b64encode(f"u:{value}".encode()).decode(),
        lambda value: base64.b64encode(f"user:{value}!".encode()).decode(),
        lambda value: f" key 7 {type7(value, bytes([5]) * 16)}",
    ],
)
def test_a_leak_would_be_found(hide):
    values = {"a/radius": "nQ7-xK2_vB9mZ4pL", "a/other": "tR5-yJ8_wC3kX6sD"}
    assert leaks(values, {"log": f"before {hide(values['a/radius'])} after"}) == [("log", "a/radius")]
    assert leaks(values, {"log": "nothing here, not even 00112233445566778899AABBCCDDEEFF"}) == []
