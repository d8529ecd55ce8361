-- code: accounts.guardians-missing
-- sentence: Somebody whom a user names as theirs is not among the users.
-- of: people whom others name as theirs
SELECT count(DISTINCT target) FROM agents;

SELECT DISTINCT target AS record FROM broken_references WHERE kind = 'user.agents' AND NOT is_deleted;
