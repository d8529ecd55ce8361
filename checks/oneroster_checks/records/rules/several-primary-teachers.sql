-- code: data.several-primary-teachers
-- sentence: A class has two or more teachers who are primary.
-- of: classes
SELECT count(*) FROM active_classes;

SELECT class AS record FROM active_enrollments
WHERE role = 'teacher' AND "primary" = 'true' AND class IN (SELECT id FROM active_classes)
GROUP BY class HAVING count(DISTINCT user) > 1;
