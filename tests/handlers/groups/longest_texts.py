"""The texts of groups, each as long as it gets."""

from __future__ import annotations

from domain.group import GroupRules
from domain.refusals import AdminsOnly, GroupOff
from domain.size import Size
from tests.handlers.longest import MODEL, WIDEST, Case, button, message, note

_RULES = GroupRules(is_on=False, admins_only=True, language="pt_BR", shape=Size(10240, 10240))

GROUP_TEXTS: dict[str, list[Case]] = {
    "handlers.groups.texts.admins_only_button": [button()],
    "handlers.groups.texts.each_ones_own_button": [button()],
    "handlers.groups.texts.language_button": [button((_RULES,)), button((GroupRules(),))],
    "handlers.groups.texts.model_button": [button((WIDEST,)), button((None,))],
    "handlers.groups.texts.not_yours": [note()],
    "handlers.request.group_refusal_texts.off": [note()],
    "handlers.groups.texts.on_button": [button()],
    "handlers.groups.texts.page": [message((name,)) for name in ("model", "size", "language")],
    "handlers.request.group_refusal_texts.refusal": [message((GroupOff(),)), message((AdminsOnly(),))],
    "handlers.groups.texts.settings": [
        message((_RULES, MODEL), {"sees_all": sees_all}) for sees_all in (True, False)
    ],
    "handlers.groups.texts.shape_button": [button((_RULES,)), button((GroupRules(),))],
}
