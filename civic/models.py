"""The pillar's own view of the tree: its rows only, with Django's permissions by pillar."""

from plans.tree import models as tree


class Goal(tree.Goal):
    """A goal of the civic pillar."""

    objects = tree.OfPillar("civic")

    class Meta(tree.Goal.Meta):
        proxy = True
        constraints = []


class Initiative(tree.Initiative):
    """An initiative of the civic pillar."""

    objects = tree.OfPillar("civic")

    class Meta(tree.Initiative.Meta):
        proxy = True
        constraints = []


class Activity(tree.Activity):
    """An activity of the civic pillar."""

    objects = tree.OfPillar("civic")

    class Meta(tree.Activity.Meta):
        proxy = True
        constraints = []
