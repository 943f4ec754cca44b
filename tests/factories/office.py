"""Factories for departments and users."""

import datetime as dt

import factory
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from gwonseon.office.models import Department, User
from gwonseon.office.roles import Role, open_admin


class DepartmentFactory(DjangoModelFactory):
    """A department."""

    class Meta:
        model = Department

    name = factory.Sequence(lambda n: f"예시 부서 {n}")


class UserFactory(DjangoModelFactory):
    """A user without any role; `closed=True` closes the account."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        closed = factory.Trait(is_active=False, closed_on=dt.date(2021, 6, 30))

    username = factory.Sequence(lambda n: f"staff-{n}")
    name = factory.Sequence(lambda n: f"예시 직원 {n}")
    password = factory.django.Password("예시 비밀번호 1")


def staff(*roles: Role, **facts: object) -> User:
    """Return a user with roles."""
    groups = [Group.objects.get_or_create(name=role.name)[0] for role in roles]
    user = UserFactory(is_staff=open_admin(groups), **facts)
    user.groups.set(groups)
    return user
