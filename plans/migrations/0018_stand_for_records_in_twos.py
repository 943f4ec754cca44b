"""A record's versions are kept with their authors; some kinds are confirmed by none of them.

- A version is added to a draft alone, and never changed. It goes with its draft, when that is
  discarded: a version that is deleted while its record stays is refused when the transaction ends.
- The kinds in plans_twopersonkind (filled after each `migrate`, and only ever added to) are
  confirmed, corrected and struck out by somebody who neither began the record nor wrote a version
  of it. Who began a record is never changed.
- What strikes a record out may wait as a draft.

Records are checked once for each statement, as in migration 0015. Whoever adds a version locks the
record (FOR SHARE) before its state is read, so that it cannot be confirmed unseen by its newest
author meanwhile.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

MARK_WHAT_STRUCK_OUT = """
ALTER TABLE plans_record DISABLE TRIGGER USER;
UPDATE plans_record SET strikes_out = true WHERE state = 'void';
ALTER TABLE plans_record ENABLE TRIGGER USER;
"""
DROP_WHAT_WAITS = """
DELETE FROM plans_record WHERE state = 'draft' AND strikes_out;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""

ONE_PERSON = """
CREATE FUNCTION plans_refuse_one_person(records bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    broken text;
BEGIN
    SELECT r.id::text INTO broken
    FROM plans_record r JOIN plans_twopersonkind k ON k.code = r.kind
    WHERE r.id = ANY (records)
    AND (
        r.confirmed_by_id = r.written_by_id
        OR EXISTS (
            SELECT 1 FROM plans_recordversion v
            WHERE v.record_id = r.id AND v.by_id = r.confirmed_by_id
        )
    ) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'nobody confirms what they wrote: %', broken
            USING ERRCODE = 'check_violation', CONSTRAINT = 'record_confirmed_by_another';
    END IF;
END $$
"""

ADDED = """
CREATE FUNCTION plans_hold_two_persons_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM plans_refuse_one_person(ARRAY(SELECT id FROM new_rows WHERE state <> 'draft'));
    RETURN NULL;
END $$
"""

CHANGED = """
CREATE FUNCTION plans_hold_two_persons_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM new_rows n JOIN old_rows o ON o.id = n.id
        WHERE o.written_by_id <> n.written_by_id
    ) THEN
        RAISE EXCEPTION 'whoever began a record did'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'record_keeps_its_writer';
    END IF;
    PERFORM plans_refuse_one_person(ARRAY(
        SELECT n.id FROM new_rows n JOIN old_rows o ON o.id = n.id
        WHERE o.state = 'draft' AND n.state <> 'draft'
    ));
    RETURN NULL;
END $$
"""

VERSION_ADDED = """
CREATE FUNCTION plans_hold_added_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM plans_record
    WHERE id IN (SELECT record_id FROM new_rows) ORDER BY id FOR SHARE;
    IF EXISTS (
        SELECT 1 FROM new_rows v JOIN plans_record r ON r.id = v.record_id
        WHERE r.state <> 'draft'
    ) THEN
        RAISE EXCEPTION 'a confirmed record gets no further version'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'confirmed_record_stays';
    END IF;
    RETURN NULL;
END $$
"""

VERSION_DELETED = """
CREATE FUNCTION plans_hold_deleted_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM plans_record WHERE id = OLD.record_id) THEN
        RAISE EXCEPTION 'a version goes with its draft alone: %', OLD.record_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plans_recordversion_stays';
    END IF;
    RETURN NULL;
END $$
"""

STAYS = """
CREATE FUNCTION plans_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what is in % stays', TG_TABLE_NAME
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_stays';
END $$
"""

FUNCTIONS = {
    "plans_refuse_one_person(bigint[])": ONE_PERSON,
    "plans_hold_two_persons_added()": ADDED,
    "plans_hold_two_persons_changed()": CHANGED,
    "plans_hold_added_versions()": VERSION_ADDED,
    "plans_hold_deleted_version()": VERSION_DELETED,
    "plans_stays()": STAYS,
}
NEW, BOTH = "NEW TABLE AS new_rows", "OLD TABLE AS old_rows NEW TABLE AS new_rows"
# Each trigger: its name, when it fires, its table, how, and its function.
TRIGGERS = [
    (
        "two_persons_added",
        "AFTER INSERT",
        "plans_record",
        f"REFERENCING {NEW} FOR EACH STATEMENT",
        "plans_hold_two_persons_added()",
    ),
    (
        "two_persons_changed",
        "AFTER UPDATE",
        "plans_record",
        f"REFERENCING {BOTH} FOR EACH STATEMENT",
        "plans_hold_two_persons_changed()",
    ),
    (
        "hold_added",
        "AFTER INSERT",
        "plans_recordversion",
        f"REFERENCING {NEW} FOR EACH STATEMENT",
        "plans_hold_added_versions()",
    ),
    ("hold_changed", "BEFORE UPDATE", "plans_recordversion", "", "plans_stays()"),
    ("hold_kinds", "BEFORE UPDATE OR DELETE", "plans_twopersonkind", "", "plans_stays()"),
]
DEFERRED = """
CREATE CONSTRAINT TRIGGER hold_deleted AFTER DELETE ON plans_recordversion
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION plans_hold_deleted_version()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0017_keep_record_uploads"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="record", name="record_void_strikes_one_out_and_says_why"
        ),
        migrations.AddField(
            model_name="record",
            name="strikes_out",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="취소하는 기록"
            ),
        ),
        migrations.RunSQL(MARK_WHAT_STRUCK_OUT, DROP_WHAT_WAITS),
        migrations.AddConstraint(
            model_name="record",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("strikes_out", False), models.Q(("state", "void"), _negated=True)),
                    models.Q(
                        ("corrects__isnull", False),
                        ("state__in", ["draft", "void"]),
                        ("strikes_out", True),
                        models.Q(("note", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="record_void_strikes_one_out_and_says_why",
            ),
        ),
        migrations.CreateModel(
            name="RecordVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="번호")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="쓴 때")),
                (
                    "token",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        help_text="Of the form that it was written by.",
                    ),
                ),
                ("said", models.JSONField(verbose_name="내용")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="쓴 사람",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="plans.record",
                        verbose_name="실적",
                    ),
                ),
            ],
            options={
                "verbose_name": "실적의 이력",
                "verbose_name_plural": "실적의 이력",
                "ordering": ["record", "number"],
            },
        ),
        migrations.AddConstraint(
            model_name="recordversion",
            constraint=models.UniqueConstraint(
                fields=("record", "number"), name="record_version_once"
            ),
        ),
        migrations.CreateModel(
            name="TwoPersonKind",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=40,
                        primary_key=True,
                        serialize=False,
                        verbose_name="기록 양식",
                    ),
                ),
            ],
            options={
                "verbose_name": "다른 사람이 확정하는 기록 양식",
                "verbose_name_plural": "다른 사람이 확정하는 기록 양식",
            },
        ),
        *[
            migrations.RunSQL(sql, f"DROP FUNCTION {signature}")
            for signature, sql in FUNCTIONS.items()
        ],
        *[
            migrations.RunSQL(
                f"CREATE TRIGGER {name} {when} ON {table} {how} EXECUTE FUNCTION {function}",
                f"DROP TRIGGER {name} ON {table}",
            )
            for name, when, table, how, function in TRIGGERS
        ],
        migrations.RunSQL(DEFERRED, "DROP TRIGGER hold_deleted ON plans_recordversion"),
    ]
