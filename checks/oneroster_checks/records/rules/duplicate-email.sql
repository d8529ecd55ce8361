-- code: data.duplicate-email
-- sentence: Two users have one email address, upper and lower case alike.
-- of: the different email addresses
SELECT count(DISTINCT email) FROM active_users;

-- An email address is kept as a number that only this run can make of it, and none is kept of a malformed one.
SELECT min(id) AS record, max(id) AS other FROM active_users
WHERE email IS NOT NULL GROUP BY email HAVING min(id) <> max(id);
