"""The access log is one row per person and act, dated by the database, and reviewed by month.

What was downloaded before has no reason and stays as it was written: that is not checked again.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

LOG, REVIEWS = "office_personalaccess", "office_accessreview"

# A function looks nowhere but where it says, whatever the client's search_path; a trigger fires for
# every client, also for one that calls itself a replica. (pgtrigger's own give way to a setting
# that any client can make.)
FUNCTIONS = {
    "office_date_access": "NEW.at := clock_timestamp(); RETURN NEW;",
    "office_date_access_review": """
        NEW.reviewed_at := clock_timestamp();
        IF (NEW.reviewed_at AT TIME ZONE 'Asia/Seoul')::date
            < (NEW.month + interval '1 month')::date THEN
          RAISE integrity_constraint_violation USING MESSAGE = 'the month is not over';
        END IF;
        RETURN NEW;""",
    "office_keep_as_written": """
        RAISE integrity_constraint_violation
          USING MESSAGE = format('%s stays as it was written', TG_TABLE_NAME);""",
    "office_keep_two_years": """
        IF OLD.at > clock_timestamp() - interval '2 years' THEN
          RAISE integrity_constraint_violation
            USING MESSAGE = format('%s is kept for two years', TG_TABLE_NAME);
        END IF;
        RETURN OLD;""",
    "office_refuse_emptying": """
        DECLARE kept boolean;
        BEGIN
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', TG_RELID::regclass) INTO kept;
        IF kept THEN
          RAISE integrity_constraint_violation
            USING MESSAGE = format('%s is not emptied', TG_TABLE_NAME);
        END IF;
        RETURN NULL;
        END;""",
}
TRIGGERS = [
    (LOG, "dated_by_the_database", "BEFORE INSERT", "ROW", "office_date_access"),
    (LOG, "stays_as_written", "BEFORE UPDATE", "ROW", "office_keep_as_written"),
    (LOG, "stays_two_years", "BEFORE DELETE", "ROW", "office_keep_two_years"),
    (LOG, "is_not_emptied", "BEFORE TRUNCATE", "STATEMENT", "office_refuse_emptying"),
    (REVIEWS, "dated_by_the_database", "BEFORE INSERT", "ROW", "office_date_access_review"),
    (REVIEWS, "stays_as_written", "BEFORE UPDATE OR DELETE", "ROW", "office_keep_as_written"),
    (REVIEWS, "is_not_emptied", "BEFORE TRUNCATE", "STATEMENT", "office_refuse_emptying"),
]


def add_function(name: str, body: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
        f" SET search_path = pg_catalog, pg_temp AS $$ BEGIN {body} END $$",
        f"DROP FUNCTION {name}()",
    )


def add_trigger(table: str, name: str, event: str, level: str, function: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} {event} ON {table} FOR EACH {level} EXECUTE FUNCTION {function}();"
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
        f"DROP TRIGGER {name} ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0009_mark_samples"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="personalaccess",
            name="stays_as_written",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="personalaccess",
            name="stays_two_years",
        ),
        migrations.RemoveField(
            model_name="personalaccess",
            name="count",
        ),
        migrations.AddField(
            model_name="personalaccess",
            name="reason",
            field=models.CharField(blank=True, max_length=200, verbose_name="내려받은 까닭"),
        ),
        AddConstraintNotValid(
            model_name="personalaccess",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("what", "download"), _negated=True),
                    ("reason__regex", "\\S.{3,}\\S"),
                    _connector="OR",
                ),
                name="personal_access_download_has_a_reason",
            ),
        ),
        migrations.CreateModel(
            name="AccessReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "month",
                    models.DateField(help_text="Its first day.", unique=True, verbose_name="달"),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="점검한 사람",
                    ),
                ),
                (
                    "reviewed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="점검한 때",
                    ),
                ),
                ("note", models.TextField(max_length=1000, verbose_name="점검 결과")),
                (
                    "count",
                    models.PositiveIntegerField(
                        help_text="How many rows the month had.", verbose_name="기록"
                    ),
                ),
                (
                    "own_count",
                    models.PositiveIntegerField(
                        help_text="How many of them are the reviewer's own.",
                        verbose_name="점검한 사람의 기록",
                    ),
                ),
            ],
            options={
                "verbose_name": "접속기록 점검",
                "verbose_name_plural": "접속기록 점검",
                "ordering": ["-month"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)),
                        name="access_review_is_of_a_whole_month",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("note__regex", "\\S")),
                        name="access_review_says_what_was_found",
                    ),
                ],
            },
        ),
        *(add_function(name, body) for name, body in FUNCTIONS.items()),
        *(add_trigger(*facts) for facts in TRIGGERS),
    ]
