-- code: data.class-without-teacher
-- sentence: A class has no active enrollment of a teacher.
-- of: classes
SELECT count(*) FROM active_classes;

SELECT id AS record FROM active_classes
WHERE id NOT IN (SELECT class FROM enrolled_classes WHERE role = 'teacher' AND class IS NOT NULL);
