"""Saves profiles at once, for tests in which somebody has been seen before."""

from __future__ import annotations

from collections.abc import Iterable

from storage.accounts import Accounts
from storage.profiles import ProfileSeen


async def save_profiles(accounts: Accounts, profiles: Iterable[ProfileSeen]) -> None:
    for profile in profiles:
        accounts.note_profile(profile)
    await accounts.write_profiles()
