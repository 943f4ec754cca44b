"""The pillar's own view of the tree: its rows only, with Django's permissions by pillar."""

from plans.tree import models as tree


class Goal(tree.Goal):
    """A goal of the safety pillar."""

    objects = tree.OfPillar("safety")

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = tree.Goal._meta.verbose_name


class Initiative(tree.Initiative):
    """An initiative of the safety pillar."""

    objects = tree.OfPillar("safety")

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = tree.Initiative._meta.verbose_name


class Activity(tree.Activity):
    """An activity of the safety pillar."""

    objects = tree.OfPillar("safety")

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = tree.Activity._meta.verbose_name
