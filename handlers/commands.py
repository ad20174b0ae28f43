"""The one table of commands: what each does, who may give it, and its words in Telegram's menus and in `/admin`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from telegram import Message

from chat import broadcast_texts
from handlers.admin import (
    access_modes_texts,
    accounts_texts,
    audit_texts,
    bans_texts,
    jobs_texts,
    menu_texts,
    models_texts,
    pause_texts,
    quotas_texts,
    stats_texts,
    upstream_texts,
)
from handlers.admin.access_modes import on_access
from handlers.admin.accounts import on_user, on_users
from handlers.admin.audit import on_audit
from handlers.admin.bans import on_allow, on_ban, on_unban
from handlers.admin.broadcasts import on_broadcast
from handlers.admin.jobs import on_job, on_retry
from handlers.admin.menu_texts import AdminPage
from handlers.admin.models import on_model
from handlers.admin.quotas import on_budget, on_grant, on_limit
from handlers.admin.stats import on_stats
from handlers.admin.target import is_about_group, message_replied_to
from handlers.admin.upstream import on_pause, on_resume, on_upstream
from handlers.characters.handlers import on_character
from handlers.create.handlers import on_video
from handlers.edits.handlers import on_edit
from handlers.groups.settings import on_group_settings
from handlers.help import texts as help_texts
from handlers.help.handlers import on_help, on_start
from handlers.history.handlers import on_history, on_show
from handlers.jobs.handlers import on_cancel, on_jobs
from handlers.message_call import MessageHandling
from handlers.models.handlers import on_models
from handlers.privacy.handlers import on_delete_my_data
from handlers.quota.handlers import on_quota
from handlers.settings.handlers import on_settings

PEOPLE, MONEY, TROUBLE, NEWS = AdminPage


class Audience(Enum):
    """Who finds a command in their menu."""

    EVERYBODY = auto()
    #: Anybody may give it, and those who administer a group find it in their menu there.
    GROUP_ADMINISTRATORS = auto()
    #: Nobody else may give it.
    ADMINS = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command, in the menu if it has words for that."""

    name: str
    handler: MessageHandling
    words: Callable[[], str] | None = None
    audience: Audience = Audience.EVERYBODY
    other_names: Sequence[str] = ()
    #: Of an admins' command that does something even without words, or with what it replies to: how to write it, shown
    #: in place of doing it by one tap.
    usage: Callable[[], str] | None = None
    #: Of an admins' command: on which page of `/admin` it stands.
    page: AdminPage | None = None
    #: Whether an admins' command may be given, and answered, in a group: about that group (`here`), and about what it
    #: replies to there or who wrote that. Whatever else operators read is for their private chats.
    about_group: bool = False
    about_members: bool = False

    def is_for_group(self, message: Message, words: str) -> bool:
        is_about_member = self.about_members and message_replied_to(message) is not None
        return is_about_member or (self.about_group and is_about_group(message, words))


def _admins(
    page: AdminPage,
    name: str,
    handler: MessageHandling,
    words: Callable[[], str],
    usage: Callable[[], str] | None = None,
    *,
    about_group: bool = False,
    about_members: bool = False,
) -> Command:
    return Command(
        name=name,
        handler=handler,
        words=words,
        audience=Audience.ADMINS,
        usage=usage,
        page=page,
        about_group=about_group,
        about_members=about_members,
    )


#: In the order of the menus.
COMMANDS: Sequence[Command] = (
    Command(name="start", handler=on_start),
    Command(name="video", handler=on_video, words=help_texts.video_in_menu),
    Command(name="edit", handler=on_edit, words=help_texts.edit_in_menu),
    Command(
        name="character",
        handler=on_character,
        words=help_texts.character_in_menu,
        other_names=("characters",),
    ),
    Command(name="jobs", handler=on_jobs, words=help_texts.jobs_in_menu),
    Command(name="cancel", handler=on_cancel, words=help_texts.cancel_in_menu),
    Command(name="history", handler=on_history, words=help_texts.history_in_menu),
    Command(name="show", handler=on_show),
    Command(name="quota", handler=on_quota, words=help_texts.quota_in_menu),
    Command(name="models", handler=on_models, words=help_texts.models_in_menu),
    Command(name="settings", handler=on_settings, words=help_texts.settings_in_menu),
    Command(name="help", handler=on_help, words=help_texts.help_in_menu),
    Command(name="delete_my_data", handler=on_delete_my_data, words=help_texts.delete_my_data_in_menu),
    Command(
        name="groupsettings",
        handler=on_group_settings,
        words=help_texts.group_settings_in_menu,
        audience=Audience.GROUP_ADMINISTRATORS,
    ),
    _admins(PEOPLE, "user", on_user, accounts_texts.user_in_menu, about_group=True),
    _admins(PEOPLE, "users", on_users, accounts_texts.users_in_menu),
    _admins(PEOPLE, "access", on_access, access_modes_texts.in_menu),
    _admins(PEOPLE, "allow", on_allow, bans_texts.allow_in_menu, about_group=True, about_members=True),
    _admins(PEOPLE, "ban", on_ban, bans_texts.ban_in_menu, about_group=True, about_members=True),
    _admins(PEOPLE, "unban", on_unban, bans_texts.unban_in_menu, about_group=True, about_members=True),
    _admins(MONEY, "grant", on_grant, quotas_texts.grant_in_menu, about_group=True, about_members=True),
    _admins(MONEY, "limit", on_limit, quotas_texts.limit_in_menu, about_group=True, about_members=True),
    _admins(MONEY, "budget", on_budget, quotas_texts.budget_in_menu),
    _admins(TROUBLE, "upstream", on_upstream, upstream_texts.in_menu),
    _admins(TROUBLE, "model", on_model, models_texts.in_menu),
    _admins(TROUBLE, "job", on_job, jobs_texts.job_in_menu),
    _admins(TROUBLE, "retry", on_retry, jobs_texts.retry_in_menu),
    _admins(TROUBLE, "pause", on_pause, pause_texts.pause_in_menu, pause_texts.how_to_pause),
    _admins(TROUBLE, "resume", on_resume, pause_texts.resume_in_menu, pause_texts.how_to_resume),
    _admins(NEWS, "stats", on_stats, stats_texts.in_menu),
    _admins(NEWS, "broadcast", on_broadcast, broadcast_texts.in_menu, about_members=True),
    _admins(NEWS, "audit", on_audit, audit_texts.in_menu),
)

#: What shows the admins' commands.
ADMIN = "admin"


def commands_for(audience: Audience) -> Sequence[Command]:
    """Return the commands that only these find in their menu, in its order."""
    return [command for command in COMMANDS if command.audience is audience]


def menu() -> tuple[tuple[str, str], ...]:
    """Return what everybody finds in Telegram's menu: the commands and what each does."""
    return tuple(_shown(Audience.EVERYBODY))


def menu_of_administrators() -> tuple[tuple[str, str], ...]:
    """Return what a group's administrators find in their menu there."""
    return (*menu(), *_shown(Audience.GROUP_ADMINISTRATORS))


def menu_of_admins() -> tuple[tuple[str, str], ...]:
    """Return what those who run the bot find in their private chat with it, besides what everybody does."""
    return ((ADMIN, menu_texts.in_menu()), *_shown(Audience.ADMINS))


def _shown(audience: Audience) -> Iterator[tuple[str, str]]:
    for command in commands_for(audience):
        if command.words is not None:
            yield command.name, command.words()
