-- code: accounts.guardians-missing
-- sentence: Somebody whom a user names as a guardian is not among the users.
-- of: people whom users name as guardians
SELECT count(DISTINCT target) FROM agents WHERE record NOT IN (SELECT id FROM guardians);

-- Those whom guardians name are their students.
SELECT DISTINCT target AS record FROM broken_references
WHERE kind = 'user.agents' AND NOT is_deleted AND record NOT IN (SELECT id FROM guardians);
