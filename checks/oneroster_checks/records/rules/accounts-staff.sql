-- code: accounts.staff-missing
-- sentence: A teacher with a class is not among the users.
-- of: teachers with a class
SELECT count(DISTINCT user) FROM enrolled_users WHERE role = 'teacher';

SELECT DISTINCT target AS record FROM broken_references
WHERE kind = 'enrollment.user' AND NOT is_deleted
    AND record IN (SELECT id FROM active_enrollments WHERE role = 'teacher');
