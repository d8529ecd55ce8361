-- code: data.dangling-reference
-- sentence: A reference leads to a sourcedId that is not there.
-- of: all references whose collection was read to its end
SELECT coalesce(sum(number), 0) FROM reference_kinds WHERE kind <> 'user.agents' AND target IN complete;

-- Of OneRoster 1.1 enrollments of people without an account are accounts.students-missing and accounts.staff-missing;
-- guardians who are not there are accounts.guardians-missing.
SELECT record, kind FROM broken_references
WHERE NOT is_deleted
    AND kind <> 'user.agents'
    AND NOT (kind = 'enrollment.user' AND :version = '1.1')
    AND kind IN (SELECT kind FROM reference_kinds WHERE target IN complete);
