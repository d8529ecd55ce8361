-- code: data.duplicate-username
-- sentence: Two users have one username, upper and lower case alike.
-- of: the different usernames
SELECT count(DISTINCT username) FROM active_users;

-- A username is kept as a number that only this run can make of it.
SELECT min(id) AS record, max(id) AS other FROM active_users
WHERE username IS NOT NULL GROUP BY username HAVING min(id) <> max(id);
