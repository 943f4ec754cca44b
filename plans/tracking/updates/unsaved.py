"""Texts that a user typed about an update and did not save: autosaved drafts.

The form offers them. Where nobody can write, as the update was submitted meanwhile or the period
was closed, a page of their own shows them, until the user discards them.
"""

from collections.abc import Iterable

from gwonseon.office.drafts import saved_drafts
from gwonseon.office.models import Draft, User
from plans.tracking.models import TEXTS, Period, Update, text_labels
from plans.tracking.queries import PeriodLine
from plans.tree.models import Activity, Initiative


def places_of(period: Period, node: Activity | Initiative) -> dict[str, str]:
    """Return the places of the drafts about an item in a period, by column."""
    about = f"update:{period.pk}:{node._meta.model_name}:{node.pk}"
    return {name: f"{about}:{name}" for name in TEXTS}


def unsaved_texts(
    user: User, period: Period, node: Activity | Initiative, saved: Update | None
) -> list[tuple[str, str]]:
    """Return the user's drafts that say something else than what is saved, by label (1 query)."""
    places = places_of(period, node)
    drafts = saved_drafts(user, places.values())
    return [
        (label, drafts[places[name]].text)
        for name, label in text_labels().items()
        if places[name] in drafts and is_unsaved(drafts[places[name]].text, saved, name)
    ]


def unsaved_in(
    user: User, period: Period, lines: Iterable[PeriodLine]
) -> list[Activity | Initiative]:
    """Return the items of a period about which the user has an unsaved text (1 query)."""
    rows = Draft.objects.filter(user=user, place__startswith=f"update:{period.pk}:")
    drafts = dict(rows.values_list("place", "text"))
    if not drafts:
        return []
    nodes: dict[Activity | Initiative, Update | None] = {}
    for one in lines:
        whole = one.update if one.update and one.update.initiative_id else None
        nodes[one.activity.initiative] = whole
        nodes[one.activity] = None if whole else one.update
    return [node for node, saved in nodes.items() if has_unsaved(drafts, period, node, saved)]


def has_unsaved(
    drafts: dict[str, str], period: Period, node: Activity | Initiative, saved: Update | None
) -> bool:
    """Return whether one of the texts by place is about an item and not saved."""
    return any(
        place in drafts and is_unsaved(drafts[place], saved, name)
        for name, place in places_of(period, node).items()
    )


def is_unsaved(text: str, saved: Update | None, name: str) -> bool:
    """Return whether a draft says something else than a saved update's column."""
    return saved is None or plain(text) != plain(getattr(saved, name))


def plain(text: str) -> str:
    """Return a text as the form saves it: without spaces around it, with one kind of line end."""
    return text.replace("\r\n", "\n").strip()
