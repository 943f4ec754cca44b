"""The clock's schedule and the workers know the same tasks."""

from pathlib import Path

from django.conf import settings

from gwonseon.celery import app

PACKAGES = ("gwonseon", "plans", "safety", "welfare", "civic", "culture")


def test_workers_have_the_tasks_of_all_packages_and_the_clock_starts_each() -> None:
    app.loader.import_default_modules()
    tasks = {name for name in app.tasks if name.startswith(PACKAGES)}
    modules = {
        ".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts)
        for package in PACKAGES
        for path in Path(settings.BASE_DIR, package).rglob("tasks.py")
    }

    assert {name.rpartition(".")[0] for name in tasks} == modules
    assert tasks == {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
