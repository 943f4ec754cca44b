"""Demo accounts: one for each role."""

import pytest

from gwonseon.office import roles
from gwonseon.office.actions import set_up_demo_staff
from gwonseon.office.models import Department, User
from tests.factories.office import UserFactory


@pytest.fixture(autouse=True)
def accounts(db: None) -> dict[str, str]:
    UserFactory(username="demo-admin", is_superuser=True)  # as an earlier release made it
    return set_up_demo_staff(password="예시 비밀번호 1")


def test_each_role_has_an_account_with_only_that_role(accounts: dict[str, str]) -> None:
    assert accounts == {f"demo-{role.code}": role.name for role in roles.roles}
    for role in roles.roles:
        user = User.objects.get(username=f"demo-{role.code}")
        assert user.get_full_name() == f"예시 {role.name}"
        assert [group.name for group in user.groups.all()] == [role.name]
        assert user.department == Department.objects.get(name="예시 부서")
        assert user.is_staff == role.opens_admin
        assert user.check_password("예시 비밀번호 1")
        assert (user.is_demo, user.is_superuser, user.must_change_password) == (True, False, False)


def test_setting_up_again_resets_visitors_changes() -> None:
    admin = User.objects.get(username="demo-admin")
    admin.groups.clear()
    admin.set_password("다름")
    admin.must_change_password = True
    admin.save()
    number = User.objects.count()

    set_up_demo_staff(password="예시 비밀번호 1")

    admin.refresh_from_db()
    assert admin.check_password("예시 비밀번호 1")
    assert not admin.must_change_password
    assert admin.groups.get().name == roles.ADMINISTRATOR.name
    assert (User.objects.count(), Department.objects.count()) == (number, 1)
