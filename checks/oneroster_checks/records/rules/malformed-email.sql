-- code: data.malformed-email
-- sentence: An email address has not exactly one @ and a dot behind it.
-- of: users with an email address
SELECT count(*) FROM active_users WHERE email_fault IS NOT 'missing';

SELECT id AS record FROM active_users WHERE email_fault = 'malformed';
