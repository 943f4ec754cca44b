"""Queries of the search."""

from django.db.models import (
    CharField,
    Expression,
    F,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Coalesce, NullIf

from plans.public.plan.queries import LEVELS, PATHS
from plans.tree.models import Node, Plan, VisionWording
from plans.tree.search import squeeze


def hits(plan: Plan, question: str) -> QuerySet:
    """Return the nodes whose titles or texts contain the question, in plan order.

    They contain it as a whole, with any spacing, or each of its words. A union over the four
    levels, as dicts: 1 query, and 1 to count them.
    """
    found = Q(search_text__contains=squeeze(question))
    words = Q()
    for word in filter(None, map(squeeze, question.split())):
        words &= Q(search_text__contains=word)
    first, *rest = [level_hits(model, plan, found | words) for model in PATHS]
    return first.union(*rest, all=True).order_by(*(f"{level}_position" for level in LEVELS))


def level_hits(model: type[Node], plan: Plan, found: Q) -> QuerySet:
    """Return one level's rows of the union."""
    columns: dict[str, Expression | F] = {"level": Value(model._meta.model_name)}
    for level in LEVELS:
        path = PATHS[model].get(level)
        columns[f"{level}_position"] = Value(0) if path is None else F(f"{path}position")
        columns[f"{level}_slug"] = Value("") if path is None else F(f"{path}slug")
        columns[f"{level}_title"] = Value("") if path is None else shown_title(path)
    columns["source"] = F("source_text")
    has_two = issubclass(model, VisionWording)
    columns["vision_wording"] = F("vision_title") if has_two else Value("")
    return model.objects.filter(found, plan=plan).in_force().order_by().values(**columns)


def shown_title(path: str) -> Coalesce:
    """Return the SQL expression of the title that residents read."""
    corrected = NullIf(F(f"{path}corrected_title"), Value(""))
    return Coalesce(corrected, F(f"{path}title"), output_field=CharField())
