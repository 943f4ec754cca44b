"""Two people import or publish a plan at the same moment, on real connections."""

import pytest

from plans.documents.errors import DocumentError
from plans.documents.exporting import export_outline
from plans.documents.importing import apply_outline, import_outline
from plans.documents.markers import DEFAULTS
from plans.documents.outline import Outline, parse
from plans.tree.models import Activity, Plan
from plans.tree.writing import publish_plan
from tests.plans.together import together

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 5


def outline_of(*titles: str) -> Outline:
    lines = ["1 축", "□ 목표", f"○ 과제 : {', '.join(titles)}"]
    return parse(lines, DEFAULTS[1])


def test_only_one_of_two_imports_of_a_year_is_saved() -> None:
    for year in range(2031, 2031 + ROUNDS):
        results = together(
            lambda year=year: import_outline(year=year, outline=outline_of("가", "나"), by=None),
            lambda year=year: import_outline(year=year, outline=outline_of("다", "라"), by=None),
        )

        assert [type(result) for result in results].count(DocumentError) == 1
        titles = set(Activity.objects.filter(plan__year=year).values_list("title", flat=True))
        assert titles in ({"가", "나"}, {"다", "라"})


def test_applying_two_documents_at_once_leaves_one_of_them_complete() -> None:
    plan = import_outline(year=2031, outline=outline_of("가", "나", "다"), by=None)
    for _round in range(ROUNDS):
        results = together(
            lambda: apply_outline(plan=plan, outline=outline_of("나", "라", "가"), by=None),
            lambda: apply_outline(plan=plan, outline=outline_of("다", "마"), by=None),
        )

        assert not any(isinstance(result, DocumentError) for result in results)
        assert export_outline(plan).splitlines()[-1] in {"○ 과제 : 나, 라, 가", "○ 과제 : 다, 마"}


def test_nothing_is_applied_after_a_plan_was_published() -> None:
    for year in range(2031, 2031 + ROUNDS):
        plan = import_outline(year=year, outline=outline_of("가"), by=None)

        _published, applied = together(
            lambda plan=plan: publish_plan(plan=plan, by=None),
            lambda plan=plan: apply_outline(plan=plan, outline=outline_of("나"), by=None),
        )

        assert Plan.objects.get(pk=plan.pk).is_published
        expected = "가" if isinstance(applied, DocumentError) else "나"
        assert Activity.objects.get(plan=plan).title == expected
