"""The office's people."""

import factory
from factory.django import DjangoModelFactory

from gwonseon.office.models import User


class UserFactory(DjangoModelFactory):
    """A member of staff without any role."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"staff-{n}")
    name = factory.Sequence(lambda n: f"예시 직원 {n}")
    password = factory.django.Password("예시 비밀번호 1")
