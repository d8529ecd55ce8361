-- code: data.reference-to-deleted
-- sentence: A reference leads to a record that is marked as deleted.
-- of: all references whose collection was read to its end
SELECT coalesce(sum(number), 0) FROM reference_kinds WHERE target IN complete;

SELECT record, kind FROM broken_references
WHERE is_deleted AND kind IN (SELECT kind FROM reference_kinds WHERE target IN complete);
