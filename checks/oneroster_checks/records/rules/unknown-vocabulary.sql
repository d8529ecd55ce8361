-- code: data.unknown-vocabulary
-- sentence: A role, class type, session type, org type, gender or grade is a word outside the standard's list, and
--   does not begin with ext:.
-- of: records of the collections that have such words
SELECT sum(number) FROM record_numbers
WHERE collection IN ('orgs', 'academicSessions', 'courses', 'classes', 'users', 'enrollments', 'demographics');

-- A record with several such words is one record, and has the kind of each.
SELECT record, group_concat(DISTINCT kind) AS kind FROM words
WHERE word IS NOT NULL AND (kind, word) NOT IN vocabulary AND word NOT LIKE 'ext:%'
GROUP BY substr(kind, 1, instr(kind, '.')), record;
