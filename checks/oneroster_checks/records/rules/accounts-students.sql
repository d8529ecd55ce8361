-- code: accounts.students-missing
-- sentence: An enrolled student is not among the users.
-- of: enrolled students
SELECT count(DISTINCT user) FROM enrolled_users WHERE role = 'student';

SELECT DISTINCT target AS record FROM broken_references
WHERE kind = 'enrollment.user' AND NOT is_deleted
    AND record IN (SELECT id FROM active_enrollments WHERE role = 'student');
