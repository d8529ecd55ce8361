-- code: data.timestamps
-- sentence: dateLastModified is no moment, or more than a day in the future.
-- of: records
SELECT sum(number) FROM record_numbers;

SELECT id AS record, collection AS kind FROM active_records WHERE modified_fault IS NOT NULL;
