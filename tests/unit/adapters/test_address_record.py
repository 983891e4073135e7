"""Where devices were last met, and the pinned keys that go with them."""

import pytest

from siteauto.adapters.address_record import AddressRecord
from siteauto.core.errors import StoreError
from siteauto.core.models import DeviceName, SiteName

SW1, SITE = DeviceName("s-sw1"), SiteName("s")
PINS = "10.0.0.2 ssh-ed25519 AAAA\n[10.0.0.2]:443 tls-certificate CCCC\n10.0.0.20 ssh-ed25519 BBBB\n"


@pytest.fixture
def pins(tmp_path):
    file = tmp_path / "known_hosts"
    file.write_text(PINS)
    return file


def test_what_was_met_is_known_to_the_next_run(pins):
    assert AddressRecord(pins, SITE).read() == {}
    AddressRecord(pins, SITE).keep({SW1: "10.0.0.2"})
    assert AddressRecord(pins, SITE).read() == {SW1: "10.0.0.2"}
    assert AddressRecord(pins, SiteName("other")).read() == {}
    assert pins.read_text() == PINS


def test_the_keys_of_a_device_that_has_moved_are_pinned_at_its_new_address(pins):
    record = AddressRecord(pins, SITE)
    record.keep({SW1: "10.0.0.2"})
    record.keep({SW1: "10.0.9.2"})
    record.keep({SW1: "10.0.9.2"})
    assert pins.read_text() == PINS + "10.0.9.2 ssh-ed25519 AAAA\n[10.0.9.2]:443 tls-certificate CCCC\n"


def test_a_pin_that_is_there_already_stays_as_it_is(pins):
    record = AddressRecord(pins, SITE)
    record.keep({SW1: "10.0.0.2"})
    record.keep({SW1: "10.0.0.20"})
    assert pins.read_text().count("10.0.0.20 ") == 1


def test_what_cannot_be_read_is_named_with_what_to_do(pins):
    record = AddressRecord(pins, SITE)
    record.keep({SW1: "10.0.0.2"})
    (pins.parent / "addresses" / "s.json").write_text("{")
    with pytest.raises(StoreError, match="Delete it"):
        AddressRecord(pins, SITE).read()
    record.forget()
    assert AddressRecord(pins, SITE).read() == {}
