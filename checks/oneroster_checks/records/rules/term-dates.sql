-- code: data.term-dates
-- sentence: A session ends on or before the day it begins, or lies outside its parent.
-- of: academic sessions
SELECT count(*) FROM active_academicSessions;

SELECT s.id AS record FROM active_academicSessions AS s
WHERE s.endDate <= s.startDate
    OR EXISTS (
        SELECT 1 FROM active_academicSessions AS parent
        WHERE parent.id = s.parent AND (s.startDate < parent.startDate OR s.endDate > parent.endDate)
    );
