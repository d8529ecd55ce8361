-- code: data.missing-email
-- sentence: A teacher or an administrator has no email address.
-- of: teachers and administrators
SELECT count(*) FROM staff;

SELECT id AS record FROM staff WHERE email_fault = 'missing';
