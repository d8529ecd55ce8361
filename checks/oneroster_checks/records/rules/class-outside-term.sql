-- code: data.class-outside-term
-- sentence: All terms of a class ended before today.
-- of: classes
SELECT count(*) FROM active_classes;

-- Of a term that is not there, or has no date, nobody knows whether it ended.
SELECT id AS record FROM active_classes
WHERE term IS NOT NULL AND id NOT IN (
    SELECT record FROM class_terms
    WHERE target NOT IN (
        SELECT id FROM active_academicSessions WHERE endDate < :today
    )
);
