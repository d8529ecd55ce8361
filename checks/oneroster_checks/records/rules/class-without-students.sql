-- code: data.class-without-students
-- sentence: A class has no active enrollment of a student.
-- of: classes
SELECT count(*) FROM active_classes;

SELECT id AS record FROM active_classes
WHERE id NOT IN (SELECT class FROM enrolled_classes WHERE role = 'student' AND class IS NOT NULL);
