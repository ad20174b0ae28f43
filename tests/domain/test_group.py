"""What a group's administrators chose holds there, and each person's own choice where they chose nothing."""

import pytest

from domain.group import AS_USUAL, GroupRules
from domain.preferences import Preferences
from domain.refusals import AdminsOnly, GroupOff, GroupRefusal
from domain.size import Size

OWN = Preferences(language="de", model="veo", seconds=8, shape=Size(16, 9), private=True, ask_first=True)
OFF, FOR_ADMINS = GroupRules(is_on=False), GroupRules(admins_only=True)


@pytest.mark.parametrize(
    ("rules", "model", "shape"),
    [
        pytest.param(AS_USUAL, "veo", Size(16, 9), id="nothing chosen"),
        pytest.param(GroupRules(model="sora-2"), "sora-2", Size(16, 9), id="a model"),
        pytest.param(GroupRules(shape=Size(9, 16)), "veo", Size(9, 16), id="a shape"),
    ],
)
def test_the_groups_choices_come_before_the_persons_and_leave_the_rest(
    rules: GroupRules, model: str, shape: Size
) -> None:
    expected = Preferences(language="de", model=model, seconds=8, shape=shape, private=True, ask_first=True)
    assert rules.over(OWN) == expected


@pytest.mark.parametrize(
    ("rules", "is_admin", "refusal"),
    [
        pytest.param(AS_USUAL, False, None, id="usually everybody may"),
        pytest.param(FOR_ADMINS, True, None, id="administrators may"),
        pytest.param(FOR_ADMINS, False, AdminsOnly, id="others may not"),
        pytest.param(OFF, True, GroupOff, id="off is off for all"),
    ],
)
def test_who_may_make_videos_is_what_was_chosen(
    rules: GroupRules, *, is_admin: bool, refusal: type[GroupRefusal] | None
) -> None:
    if refusal is None:
        rules.check(is_admin=is_admin)
        return
    with pytest.raises(refusal):
        rules.check(is_admin=is_admin)
