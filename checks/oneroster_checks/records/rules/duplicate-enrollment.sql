-- code: data.duplicate-enrollment
-- sentence: Two enrollments name the same user, class and role.
-- of: enrollments
SELECT number FROM record_numbers WHERE collection = 'enrollments';

-- All but the first one are too many.
WITH
    repeated AS (
        SELECT class, user, role FROM active_enrollments
        WHERE user IS NOT NULL AND class IS NOT NULL
        GROUP BY class, user, role HAVING count(*) > 1
    ),
    alike AS (
        SELECT e.id, min(e.id) OVER (PARTITION BY e.class, e.user, e.role) AS first FROM repeated
        CROSS JOIN active_enrollments AS e ON e.class = repeated.class AND e.user = repeated.user
            AND e.role IS repeated.role
    )
SELECT id AS record FROM alike WHERE id <> first;
