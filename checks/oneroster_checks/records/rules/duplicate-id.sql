-- code: data.duplicate-id
-- sentence: One sourcedId names two records of one collection that differ.
-- of: the different sourcedIds of each collection
SELECT (SELECT count(*) FROM active_records)
    - (SELECT count(*) - count(DISTINCT collection || ' ' || id) FROM active_records
       WHERE id <> '' AND (collection, id) IN repeated_ids);

SELECT id AS record, collection AS kind FROM active_records
WHERE id <> '' AND (collection, id) IN repeated_ids
GROUP BY collection, id HAVING count(DISTINCT content) > 1;
