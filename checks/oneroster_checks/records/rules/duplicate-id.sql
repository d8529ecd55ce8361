-- code: data.duplicate-id
-- sentence: One sourcedId names two records of one collection that differ.
-- of: the different sourcedIds of each collection
SELECT (SELECT sum(number) FROM record_numbers)
    - (SELECT count(*) - count(DISTINCT collection || ' ' || id) FROM repeated_records);

SELECT id AS record, collection AS kind FROM repeated_records
GROUP BY collection, id HAVING count(DISTINCT content) > 1;
