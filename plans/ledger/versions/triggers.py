"""Triggers that keep a record's versions and authors, and that stop authors from confirming.

- A version is added to a draft only, and never changed. It is deleted only with its draft: a
  version that is deleted while its record stays is refused when the transaction ends.
- Records of the kinds in plans_twopersonkind (filled after each `migrate`, rows are only added) are
  confirmed, corrected and voided by somebody who neither created the record nor wrote a version of
  it. The user who created a record is never changed.
- An activity of a published plan whose kind of record needs another person keeps its kind, even
  where nothing is recorded yet: with another kind, its author could confirm its work.

Records are checked once for each statement. Adding a version locks the record (FOR SHARE) before
its state is read, so that the newest author cannot confirm it unnoticed at the same moment.
"""

from pgtrigger import Delete, Insert, Statement, Update

from gwonseon.triggers import Function, after_statement, at_commit, before_row

ONE_PERSON = Function(
    "plans_refuse_one_person",
    """
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
END """,
    takes="records bigint[]",
    returns="void",
)
ADDED = Function(
    "plans_hold_two_persons_added",
    """
BEGIN
    PERFORM plans_refuse_one_person(ARRAY(SELECT id FROM new_rows WHERE state <> 'draft'));
    RETURN NULL;
END """,
    calls=(ONE_PERSON,),
)
CHANGED = Function(
    "plans_hold_two_persons_changed",
    """
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
END """,
    calls=(ONE_PERSON,),
)
VERSION_ADDED = Function(
    "plans_hold_added_versions",
    """
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
END """,
)
VERSION_DELETED = Function(
    "plans_hold_deleted_version",
    """
BEGIN
    IF EXISTS (SELECT 1 FROM plans_record WHERE id = OLD.record_id) THEN
        RAISE EXCEPTION 'a version goes with its draft alone: %', OLD.record_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plans_recordversion_stays';
    END IF;
    RETURN NULL;
END """,
)
STAYS = Function(
    "plans_stays",
    """
BEGIN
    RAISE EXCEPTION 'what is in % stays', TG_TABLE_NAME
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_stays';
END """,
)
KIND = Function(
    "plans_hold_two_person_kind",
    """
BEGIN
    PERFORM 1 FROM plans_plan WHERE id IN (SELECT plan_id FROM old_rows) FOR SHARE;
    IF EXISTS (
        SELECT 1 FROM old_rows o
        JOIN new_rows n ON n.id = o.id AND n.record_kind <> o.record_kind
        JOIN plans_twopersonkind k ON k.code = o.record_kind
        JOIN plans_plan p ON p.id = o.plan_id AND p.status = 'published'
    ) THEN
        RAISE EXCEPTION 'what two persons stand for stays so while its plan is published'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'two_person_kind_stays';
    END IF;
    RETURN NULL;
END """,
)

RECORD_TRIGGERS = [
    after_statement("two_persons_added", ADDED, operation=Insert),
    after_statement("two_persons_changed", CHANGED, operation=Update),
]
VERSION_TRIGGERS = [
    after_statement("hold_added", VERSION_ADDED, operation=Insert),
    before_row("hold_changed", STAYS, Update, level=Statement),
    at_commit("hold_deleted", VERSION_DELETED, operation=Delete),
]
ACTIVITY_TRIGGERS = [after_statement("hold_two_person_kind", KIND, operation=Update)]
KIND_TRIGGERS = [before_row("hold_kinds", STAYS, Update | Delete, level=Statement)]
