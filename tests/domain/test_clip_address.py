"""Addresses of clips: public https ones of MP4s, however somebody hides that one is not."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.clip_address import (
    check_unexpired,
    clip_address,
    find_fault,
    host_of,
    is_public_number,
    public_address,
)
from domain.refusals import AddressFault, ClipAddressUnusable

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PUBLIC = {
    "a name": "https://example.org/clip.mp4",
    "the seed of all": "https://filesystem.site/cdn/20251030/javYrU4etHVFDqg8by7mViTWHlMOZy.mp4",
    "signed": "https://cdn.example.org/a/b.mp4?Expires=1&Signature=a%2Fb%3D",
    "capitals": "HTTPS://CDN.Example.ORG/CLIP.MP4",
    "the usual port": "https://example.org:443/clip.mp4",
    "another script in the path": "https://example.org/小猫.mp4",
    "punycode": "https://xn--fiq228c.example.org/clip.mp4",
    "a store's bucket": "https://my_bucket.s3.amazonaws.com/clip.mp4",
    "a public number": "https://8.8.8.8/clip.mp4",
    "a longer public number": "https://[2001:4860:4860::8888]/clip.mp4",
}
HIDDEN = {
    "this machine": "localhost",
    "this machine in full": "localhost.localdomain",
    "below this machine": "a.localhost",
    "a bare name": "intranet",
    "a name of a home network": "nas.local",
    "a name of a company": "wiki.internal",
    "a name of a router": "camera.home.arpa",
    "an onion": "abc.onion",
    "loopback": "127.0.0.1",
    "another loopback": "127.8.8.8",
    "private": "10.0.0.1",
    "private, too": "192.168.1.1",
    "private of the third kind": "172.16.0.1",
    "link-local, where clouds keep secrets": "169.254.169.254",
    "shared by a carrier": "100.64.0.1",
    "no address": "0.0.0.0",  # noqa: S104 - nothing is bound to it
    "reserved": "240.0.0.1",
    "everybody": "255.255.255.255",
    "many": "224.0.0.1",
    "documentation": "192.0.2.1",
    "decimal": "2130706433",
    "hexadecimal": "0x7f000001",
    "hexadecimal parts": "0x7f.0.0.0x1",
    "octal parts": "0177.0.0.01",
    "parts left out": "127.1",
    "a dot behind": "127.0.0.1.",
    "a name with a dot behind": "localhost.",
    "digits of another script": "１２７.0.0.1",
    "circled digits": "①②⑦.0.0.1",
    "a wide dot": "127。0。0。1",
    "escaped": "127%2e0%2e0%2e1",
    "long loopback": "[::1]",
    "long nothing": "[::]",
    "long private": "[fd00::1]",
    "long link-local": "[fe80::1]",
    "with a zone": "[fe80::1%25eth0]",
    "mapped": "[::ffff:127.0.0.1]",
    "mapped and public": "[::ffff:8.8.8.8]",
    "compatible": "[::127.0.0.1]",
    "translated": "[64:ff9b::7f00:1]",
    "6to4": "[2002:7f00:1::]",
    "teredo": "[2001:0:7f00:1::]",
    "many, long": "[ff02::1]",
}
FAULTY = {
    "nothing": ("", AddressFault.BROKEN),
    "words": ("a cat", AddressFault.BROKEN),
    "no scheme": ("example.org/clip.mp4", AddressFault.BROKEN),
    "no host": ("https:///clip.mp4", AddressFault.BROKEN),
    "no slashes": ("https:example.org/clip.mp4", AddressFault.BROKEN),
    "a blank": ("https://example.org/my clip.mp4", AddressFault.BROKEN),
    "a line break": ("https://example.org/clip.mp4\n.mp4", AddressFault.BROKEN),
    "a backslash": ("https://example.org\\@10.0.0.1/clip.mp4", AddressFault.BROKEN),
    "open brackets": ("https://[::1/clip.mp4", AddressFault.BROKEN),
    "brackets around a name": ("https://[v1.example.org]/clip.mp4", AddressFault.BROKEN),
    "a port of words": ("https://example.org:http/clip.mp4", AddressFault.BROKEN),
    "not secure": ("http://example.org/clip.mp4", AddressFault.NOT_HTTPS),
    "a file": ("file://example.org/clip.mp4", AddressFault.NOT_HTTPS),
    "ftp": ("ftp://example.org/clip.mp4", AddressFault.NOT_HTTPS),
    "a user": ("https://mina@example.org/clip.mp4", AddressFault.WITH_PASSWORD),
    "a password": ("https://mina:secret@example.org/clip.mp4", AddressFault.WITH_PASSWORD),
    "a host for show": ("https://example.org@10.0.0.1/clip.mp4", AddressFault.WITH_PASSWORD),
    "a port": ("https://example.org:8443/clip.mp4", AddressFault.ODD_PORT),
    "too long": (f"https://example.org/{'a' * 2000}.mp4", AddressFault.TOO_LONG),
    "a page": ("https://example.org/watch?v=clip.mp4", AddressFault.NOT_MP4),
    "another kind": ("https://example.org/clip.mov", AddressFault.NOT_MP4),
    "only at its end": ("https://example.org/clip#.mp4", AddressFault.NOT_MP4),
}


@pytest.mark.parametrize("written", PUBLIC.values(), ids=PUBLIC)
def test_a_public_address_is_taken_as_it_was_written(written: str) -> None:
    assert clip_address(written) == written


def test_what_only_a_browser_would_read_is_left_out() -> None:
    assert clip_address("https://example.org/clip.mp4#t=1,3") == "https://example.org/clip.mp4"


@pytest.mark.parametrize("host", HIDDEN.values(), ids=HIDDEN)
def test_no_address_leads_to_a_private_place(host: str) -> None:
    with pytest.raises(ClipAddressUnusable) as refused:
        clip_address(f"https://{host}/clip.mp4")
    assert refused.value.fault is AddressFault.NOT_PUBLIC


@pytest.mark.parametrize(("written", "fault"), FAULTY.values(), ids=FAULTY)
def test_any_other_address_is_refused_with_what_is_wrong(written: str, fault: AddressFault) -> None:
    with pytest.raises(ClipAddressUnusable) as refused:
        clip_address(written)
    assert (refused.value.written, refused.value.fault) == (written, fault)


def test_a_video_of_ours_needs_no_ending() -> None:
    assert public_address("https://api.example.org/v1/videos/7/content") == (
        "https://api.example.org/v1/videos/7/content"
    )


def test_an_address_that_is_only_long_has_no_fault() -> None:
    assert find_fault(f"https://example.org/clip.mp4?signature={'a' * 5000}") is None


NUMBERS = {
    "public": ("8.8.8.8", True),
    "longer and public": ("2001:4860:4860::8888", True),
    "this machine": ("127.0.0.1", False),
    "private": ("192.168.1.1", False),
    "with a zone": ("fe80::1%eth0", False),
    "mapped": ("::ffff:8.8.8.8", False),
    "translated": ("64:ff9b::808:808", False),
    "no number": ("example.org", False),
}


@pytest.mark.parametrize(("number", "expected"), NUMBERS.values(), ids=NUMBERS)
def test_what_a_name_leads_to_is_public_or_not(number: str, expected: bool) -> None:  # noqa: FBT001 - a table
    assert is_public_number(number) is expected


@given(st.one_of(st.text(), st.text().map("https://{}/clip.mp4".format)))
def test_any_text_is_taken_or_refused_and_never_crashes(written: str) -> None:
    try:
        address = clip_address(written)
    except ClipAddressUnusable:
        return
    assert "." in host_of(address)
    check_unexpired(address, NOW)


SIGNED = {
    "Amazon's": "?X-Amz-Date=20261122T110000Z&X-Amz-Expires={seconds}&X-Amz-Signature=a",
    "Google's": "?X-Goog-Date=20261122T110000Z&X-Goog-Expires={seconds}",
    "Aliyun's": "?Expires={moment}&OSSAccessKeyId=a&Signature=b",
    "Azure's": "?se={azure}&sig=a",
}


def signed(query: str, seconds: int) -> str:
    """Return an address that works for so many seconds from 11 o'clock."""
    moment = int(datetime(2026, 11, 22, 11, tzinfo=UTC).timestamp()) + seconds
    azure = datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return "https://example.org/clip.mp4" + query.format(seconds=seconds, moment=moment, azure=azure)


@pytest.mark.parametrize("query", SIGNED.values(), ids=SIGNED)
def test_a_signed_address_is_taken_until_it_expires(query: str) -> None:
    check_unexpired(signed(query, 3601), NOW)
    with pytest.raises(ClipAddressUnusable) as refused:
        check_unexpired(signed(query, 3600), NOW)
    assert refused.value.fault is AddressFault.EXPIRED


@pytest.mark.parametrize(
    "query", ["", "?Expires=soon", "?X-Amz-Date=x&X-Amz-Expires=1", f"?Expires={'9' * 30}", "?se=2020-01-01"]
)
def test_what_says_nothing_of_an_end_that_can_be_read_is_taken(query: str) -> None:
    check_unexpired(f"https://example.org/clip.mp4{query}", NOW)
