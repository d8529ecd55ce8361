-- code: accounts.disabled
-- sentence: A user is disabled.
-- of: users
SELECT count(*) FROM active_users;

SELECT id AS record FROM active_users WHERE enabledUser = 'false';
