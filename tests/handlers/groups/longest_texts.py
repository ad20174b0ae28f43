"""The texts of groups' rooms, each as long as it gets."""

from __future__ import annotations

from domain.group import GroupRules
from domain.refusals import AdminsOnly, GroupOff
from domain.size import Size
from tests.handlers.longest import MODEL, WIDEST, Case, button, message, note

_RULES = GroupRules(is_on=False, admins_only=True, language="pt_BR", shape=Size(10240, 10240))

GROUP_TEXTS: dict[str, list[Case]] = {
    "group_settings_texts.admins_only_button": [button()],
    "group_settings_texts.each_ones_own_button": [button()],
    "group_settings_texts.language_button": [button((_RULES,)), button((GroupRules(),))],
    "group_settings_texts.model_button": [button((WIDEST,)), button((None,))],
    "group_settings_texts.not_yours": [note()],
    "group_settings_texts.off": [note()],
    "group_settings_texts.on_button": [button()],
    "group_settings_texts.page": [message((name,)) for name in ("model", "size", "language")],
    "group_settings_texts.refusal": [message((GroupOff(),)), message((AdminsOnly(),))],
    "group_settings_texts.settings": [message((_RULES, MODEL)), message((GroupRules(), None))],
    "group_settings_texts.shape_button": [button((_RULES,)), button((GroupRules(),))],
}
