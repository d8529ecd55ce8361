-- code: data.guardian-without-student
-- sentence: No student names a guardian, or a guardian names nobody who is a student and there.
-- of: guardians
SELECT count(*) FROM guardians;

-- Many servers give the relationship in one direction only: the direction that nobody uses is not missed.
WITH
    named AS (SELECT DISTINCT target AS id FROM agents WHERE record IN (SELECT id FROM students)),
    naming AS (SELECT DISTINCT record AS id FROM agents),
    naming_a_student AS (SELECT DISTINCT record AS id FROM agents WHERE target IN (SELECT id FROM students))
SELECT id AS record FROM guardians
WHERE (id NOT IN named AND (EXISTS (SELECT 1 FROM named) OR id NOT IN naming))
    OR (id IN naming AND id NOT IN naming_a_student);
