"""The backend of staff reads permissions in one query, and finds what Django's own finds."""

from datetime import date

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, Permission
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.backends import StaffBackend
from gwonseon.office.models import User
from gwonseon.office.roles import EDITOR, HEAD
from tests.factories.office import UserFactory, staff

pytestmark = pytest.mark.django_db


def reread(user: User) -> User:
    """Return the user as another request reads them, without permissions."""
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("roles", [(), (EDITOR,), (EDITOR, HEAD)])
@pytest.mark.parametrize("own", [[], ["change_plan", "view_draft"]])
def test_permissions_of_the_user_and_the_roles_are_djangos(roles: tuple, own: list[str]) -> None:
    user = UserFactory()
    for role in roles:
        user.groups.add(*staff(role).groups.all())
    user.user_permissions.set(Permission.objects.filter(codename__in=own))

    found = StaffBackend().get_all_permissions(reread(user))

    assert found == ModelBackend().get_all_permissions(reread(user))
    assert bool(found) == bool(roles or own)


def test_permissions_are_read_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    user = reread(staff(EDITOR))
    with django_assert_num_queries(1):
        assert user.has_perm("plans.view_draft")
        assert not user.has_perm("plans.change_plan")


def test_who_is_inactive_or_nobody_has_none_and_a_superuser_all() -> None:
    gone = staff(EDITOR, is_active=False, closed_on=date(2021, 3, 2))
    assert StaffBackend().get_all_permissions(gone) == set()
    assert StaffBackend().get_all_permissions(AnonymousUser()) == set()
    assert StaffBackend().get_all_permissions(staff(EDITOR), obj=object()) == set()
    every = StaffBackend().get_all_permissions(UserFactory(is_superuser=True))
    assert len(every) == Permission.objects.count()
