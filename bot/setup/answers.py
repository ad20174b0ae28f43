"""The settings as they will be: what is in the environment, in .env, and was answered."""

from __future__ import annotations

import os
from pathlib import Path

from bot.settings import Settings, SettingsError, find_slips, read_settings
from bot.setup.env_file import EnvFile, write_private

#: Stand for what was not answered yet: settings cannot be read without.
NO_TOKEN, NO_KEY = "0:not-answered-yet-0123", "not-answered-yet"
_STAND_INS = {"TELEGRAM_BOT_TOKEN": NO_TOKEN, "VIDEO_API_KEY": NO_KEY}


class Answers:
    """What stands in the environment goes before the file, as for the bot; it is changed there, not here."""

    def __init__(self, path: Path) -> None:
        """Take the file's path; raises SettingsError if it cannot be read."""
        self.path = path
        try:
            self._file = EnvFile.read(path)
        except (OSError, ValueError) as error:
            raise SettingsError(f"{path} cannot be read: {error}") from error
        self._changes: dict[str, str | None] = {}

    @property
    def known(self) -> dict[str, str]:
        """What is set in the file and by answers, by names in capitals."""
        values = {**self._file.values, **self._changes}
        return {name: value for name, value in values.items() if value}

    @property
    def is_changed(self) -> bool:
        return bool(self._changes)

    def is_set(self, name: str) -> bool:
        return name in self.known or is_in_environment(name)

    def set(self, name: str, value: str | None) -> None:
        """Set a setting, or, to None, take it out; raises SettingsError if it stands in the environment."""
        if is_in_environment(name):
            raise SettingsError(
                f"{name} is set in the environment, which goes before {self.path}: change it there, and run this again"
            )
        self._changes[name] = value

    def settings(self, **changed: str) -> Settings:
        """Return the settings, with others in place of some; raises SettingsError for a wrong one, or a name like one."""
        for name, meant in find_slips(self._file.values):
            if name in self.known:
                raise SettingsError(f"{name} is no setting; did you mean {meant}?", setting=name, meant=meant)
        given = {name: value for name, value in self.known.items() if not is_in_environment(name)}
        given |= {name: value for name, value in _STAND_INS.items() if not self._has_secret(name)}
        lower = {
            name.lower(): value for name, value in given.items() if name.lower() in Settings.model_fields
        }
        return read_settings(_env_file=None, **lower | changed)

    def _has_secret(self, name: str) -> bool:
        return self.is_set(name) or self.is_set(f"{name}_FILE")

    def write(self) -> None:
        """Write the file; raises OSError, and ValueError for a value that it cannot hold."""
        write_private(self.path, self._file.with_changes(self._changes))


def is_in_environment(name: str) -> bool:
    return bool(os.environ.get(name) or os.environ.get(name.lower()))
