"""Factories for plans and their nodes."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from plans.tree.models import Activity, Goal, Initiative, Pillar, Plan


class PlanFactory(DjangoModelFactory):
    """A draft plan; `published=True` makes an empty published one."""

    class Meta:
        model = Plan

    year = factory.Sequence(lambda n: 2030 + n % 60)
    vision = "예시 비전"

    class Params:
        published = factory.Trait(
            status=Plan.Status.PUBLISHED, published_at=factory.LazyFunction(timezone.now)
        )


def publish(plan: Plan) -> Plan:
    """Publish a plan. Add its nodes before, because a published plan refuses new ones."""
    plan.status, plan.published_at = Plan.Status.PUBLISHED, timezone.now()
    plan.save()
    return plan


class PillarFactory(DjangoModelFactory):
    """A pillar of a plan."""

    class Meta:
        model = Pillar

    plan = factory.SubFactory(PlanFactory)
    slug = factory.Sequence(lambda n: f"pillar-{n}")
    position = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"예시 축 {n}")


class GoalFactory(DjangoModelFactory):
    """A goal of a pillar."""

    class Meta:
        model = Goal

    pillar = factory.SubFactory(PillarFactory)
    plan = factory.SelfAttribute("pillar.plan")
    slug = factory.Sequence(lambda n: f"goal-{n}")
    position = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"예시 목표 {n}")


class InitiativeFactory(DjangoModelFactory):
    """An initiative of a goal."""

    class Meta:
        model = Initiative

    goal = factory.SubFactory(GoalFactory)
    plan = factory.SelfAttribute("goal.plan")
    slug = factory.Sequence(lambda n: f"initiative-{n}")
    position = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"예시 추진과제 {n}")


class ActivityFactory(DjangoModelFactory):
    """An activity of an initiative."""

    class Meta:
        model = Activity

    initiative = factory.SubFactory(InitiativeFactory)
    plan = factory.SelfAttribute("initiative.plan")
    slug = factory.Sequence(lambda n: f"activity-{n}")
    position = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"예시 활동 {n}")
