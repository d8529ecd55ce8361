-- code: data.student-without-class
-- sentence: A student has no active enrollment.
-- of: students
SELECT count(*) FROM students;

SELECT id AS record FROM students
WHERE id NOT IN (SELECT user FROM enrolled_users WHERE user IS NOT NULL);
