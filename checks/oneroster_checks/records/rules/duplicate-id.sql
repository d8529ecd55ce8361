-- code: data.duplicate-id
-- sentence: One sourcedId names two records of one collection that differ.
-- of: the different sourcedIds of each collection
SELECT (SELECT sum(number) FROM record_numbers)
    - (SELECT count(*) - count(DISTINCT collection || ' ' || id) FROM active_records
       WHERE (SELECT count(*) FROM repeated_ids) AND (collection, id) IN repeated_ids);

SELECT id AS record, collection AS kind FROM contents
WHERE (SELECT count(*) FROM repeated_ids) AND (collection, id) IN repeated_ids
GROUP BY collection, id HAVING count(DISTINCT content) > 1;
