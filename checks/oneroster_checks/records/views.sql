-- What the rules are told in: views of the records that are not deleted.
-- Of a list the first entry is in the row of its record, and the further ones are links.

CREATE VIEW students AS
SELECT id FROM active_users WHERE role = 'student'
    OR id IN (SELECT record FROM links WHERE kind = 'user.roles' AND lower(target) = 'student');

CREATE VIEW guardians AS
SELECT id FROM active_users WHERE role IN ('guardian', 'parent', 'relative')
    OR id IN (SELECT record FROM links WHERE kind = 'user.roles' AND lower(target) IN ('guardian', 'parent', 'relative'));

-- Teachers and administrators, who need an email address in most products.
CREATE VIEW staff AS
SELECT id, email_fault FROM active_users WHERE role IN (SELECT role FROM staff_roles)
    OR id IN (SELECT record FROM links WHERE kind = 'user.roles'
        AND target COLLATE NOCASE IN (SELECT role FROM staff_roles));

-- Whom a user names as theirs: guardians of students, students of guardians.
CREATE VIEW agents AS
SELECT id AS record, agent AS target FROM active_users WHERE agent IS NOT NULL
UNION ALL
SELECT record, target FROM links WHERE kind = 'user.agents';

-- The terms of each class.
CREATE VIEW class_terms AS
SELECT id AS record, term AS target FROM active_classes WHERE term IS NOT NULL
UNION ALL
SELECT record, target FROM links WHERE kind = 'class.terms';

-- Every value that the standard has a list of words for.
CREATE VIEW every_word AS
SELECT 'org.type' AS kind, id AS record, type AS word FROM active_orgs
UNION ALL SELECT 'academicSession.type', id, type FROM active_academicSessions
UNION ALL SELECT 'course.grades', id, grade FROM active_courses
UNION ALL SELECT 'class.classType', id, classType FROM active_classes
UNION ALL SELECT 'class.grades', id, grade FROM active_classes
UNION ALL SELECT 'user.role', id, role COLLATE BINARY FROM active_users
UNION ALL SELECT 'user.grades', id, grade FROM active_users
UNION ALL SELECT 'enrollment.role', id, role COLLATE BINARY FROM active_enrollments
UNION ALL SELECT 'demographics.sex', id, sex FROM active_demographics
UNION ALL SELECT CASE kind WHEN 'user.roles' THEN 'user.role' ELSE kind END, record, target FROM links
    WHERE kind IN ('user.roles', 'user.grades', 'class.grades', 'course.grades');

-- The active enrollments by user and role, and by class and role, with the number of each; several rows may have the
-- same, which are to be added up.
CREATE TABLE enrolled_users (user TEXT, role TEXT COLLATE NOCASE, number INTEGER);
CREATE TABLE enrolled_classes (class TEXT, role TEXT COLLATE NOCASE, number INTEGER);

-- What follows is filled once all records are there.

-- The words of the kinds among which one outside its list was seen.
CREATE TABLE words (kind TEXT, record TEXT, word TEXT);

-- How many records each collection has.
CREATE TABLE record_numbers (collection TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;

-- The sourcedIds that several records of a collection have, and these records but for those that came twice.
CREATE TABLE repeated_ids (collection TEXT, id TEXT, PRIMARY KEY (collection, id)) WITHOUT ROWID;
CREATE TABLE repeated_records (collection TEXT, id TEXT, content);

-- How many references there are of each kind, and those that lead to no active record.
CREATE TABLE reference_kinds (kind TEXT, target TEXT, number INTEGER);
CREATE TABLE broken_references (record TEXT, kind TEXT, target TEXT, is_deleted INTEGER);
CREATE TABLE broken_targets (broken TEXT PRIMARY KEY, is_deleted INTEGER) WITHOUT ROWID;
