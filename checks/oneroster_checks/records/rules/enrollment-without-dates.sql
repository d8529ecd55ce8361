-- code: data.enrollment-without-dates
-- sentence: An enrollment has neither beginDate nor endDate, while at least one in two has dates.
-- of: enrollments
SELECT number FROM record_numbers WHERE collection = 'enrollments';

SELECT id AS record FROM active_enrollments
WHERE beginDate IS NULL AND endDate IS NULL
    AND (SELECT 2 * count(coalesce(beginDate, endDate)) >= count(*) FROM active_enrollments);
