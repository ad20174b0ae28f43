"""Addresses of clips: public ones, which lead to the same place from anywhere and into nobody's own network."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, parse_qsl, urlsplit

from domain.refusals import AddressFault, ClipAddressUnusable

LONGEST_ADDRESS = 2000
_HTTPS_PORT = 443
_FORBIDDEN = re.compile(r"[\s\x00-\x1f\x7f\\]")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
#: Clients read a host whose last part looks like this as a number of an address (URL Standard: ends in a number).
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
#: Names that lead nowhere outside of a machine or a home (RFC 6761, RFC 8375, RFC 9476, and what routers make up).
_LOCAL = frozenset(
    {
        "alt",
        "arpa",
        "corp",
        "domain",
        "example",
        "home",
        "intranet",
        "internal",
        "invalid",
        "lan",
        "local",
        "localdomain",
        "localhost",
        "onion",
        "private",
        "test",
        "workgroup",
    }
)


def clip_address(written: str) -> str:
    """Return the public https address of an MP4 as it was written; raises ClipAddressUnusable."""
    address = public_address(written)
    if not urlsplit(address).path.lower().endswith(".mp4"):
        raise ClipAddressUnusable(written, AddressFault.NOT_MP4)
    return address


def public_address(written: str) -> str:
    """Return a public https address without its fragment; raises ClipAddressUnusable."""
    fault = AddressFault.TOO_LONG if len(written) > LONGEST_ADDRESS else find_fault(written)
    if fault is not None:
        raise ClipAddressUnusable(written, fault)
    return written.partition("#")[0]


def find_fault(written: str) -> AddressFault | None:
    """Return what keeps this from being a public https address, however long; None if it is one.

    A name that leads to a private number is found out only by who looks it up: see `is_public_number`.
    """
    if _FORBIDDEN.search(written):
        return AddressFault.BROKEN
    try:
        return _fault_of(urlsplit(written))
    except ValueError:
        return AddressFault.BROKEN


def check_unexpired(address: str, now: datetime) -> None:
    """Raise ClipAddressUnusable if the address says that it does not work any more."""
    try:
        end = _end_of(dict(parse_qsl(urlsplit(address).query.lower())))
    except (ValueError, OverflowError):
        return
    if end is not None and end <= now:
        raise ClipAddressUnusable(address, AddressFault.EXPIRED)


def host_of(address: str) -> str:
    """Return the host of an address that was checked."""
    return urlsplit(address).hostname or ""


def is_public_number(host: str) -> bool:
    """Tell whether a plainly written number leads to the public net; any other way to write one hides something."""
    try:
        number = ip_address(host)
    except ValueError:
        return False
    match number:
        case IPv4Address():
            return number.is_global and not number.is_multicast
        case IPv6Address():
            hidden = number.ipv4_mapped or number.sixtofour or number.teredo
            return (
                number.is_global and not number.is_multicast and not hidden and not _has_ipv4_inside(number)
            )


def _fault_of(parts: SplitResult) -> AddressFault | None:
    """Return the first fault; raises ValueError for a port that is no number."""
    if not parts.hostname or ("[" in parts.netloc and ":" not in parts.hostname):
        return AddressFault.BROKEN
    if parts.scheme != "https":
        return AddressFault.NOT_HTTPS
    if "@" in parts.netloc:
        return AddressFault.WITH_PASSWORD
    if parts.port not in {None, _HTTPS_PORT}:
        return AddressFault.ODD_PORT
    return None if _is_public(parts.hostname) else AddressFault.NOT_PUBLIC


def _is_public(host: str) -> bool:
    labels = host.split(".")
    if ":" in host or _NUMBER.fullmatch(labels[-1]):
        return is_public_number(host)
    is_name = len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels)
    return is_name and labels[-1] not in _LOCAL


def _has_ipv4_inside(number: IPv6Address) -> bool:
    """Tell whether a translator would lead to an IPv4 address (RFC 6052)."""
    return int(number) >> 32 in {0, 0x64FF9B << 64}


def _end_of(query: dict[str, str]) -> datetime | None:
    """Return until when a signed address works, as stores of files write it; raises ValueError and OverflowError."""
    match query:
        case {"x-amz-date": begun, "x-amz-expires": seconds} | {
            "x-goog-date": begun,
            "x-goog-expires": seconds,
        }:
            begin = datetime.strptime(begun, "%Y%m%dt%H%M%Sz").replace(tzinfo=UTC)
            return begin + timedelta(seconds=int(seconds))
        case {"expires": moment}:
            return datetime.fromtimestamp(int(moment), UTC)
        case {"se": moment, "sig": _}:
            return datetime.fromisoformat(moment.replace("z", "+00:00")).astimezone(UTC)
        case _:
            return None
