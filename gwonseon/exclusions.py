"""A constraint of the database for rows with a first and a last day."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db.models import Func, Value


def days_apart(name: str, *, of: str, first: str, last: str, whole: bool) -> ExclusionConstraint:
    """Return the constraint that days of rows with the same key `of` do not overlap.

    With `whole`, the last day belongs to the row; an empty last day has no end. The key is compared
    as a range: so one GiST index covers key and days without an extension.
    """
    key = Func(of, of, Value("[]"), function="int8range", output_field=BigIntegerRangeField())
    bounds = (Value("[]"),) if whole else ()
    days = Func(first, last, *bounds, function="daterange", output_field=DateRangeField())
    overlap = RangeOperators.OVERLAPS
    return ExclusionConstraint(name=name, expressions=[(key, overlap), (days, overlap)])
