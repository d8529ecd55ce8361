-- code: data.org-cycle
-- sentence: The parents of an org lead back to it.
-- of: orgs
SELECT count(*) FROM active_orgs;

WITH RECURSIVE
    -- Whoever stands under an org without a parent is in no circle.
    rooted(id) AS (
        SELECT id FROM active_orgs WHERE parent IS NULL OR parent NOT IN (SELECT id FROM active_orgs)
        UNION
        SELECT o.id FROM active_orgs AS o JOIN rooted ON o.parent = rooted.id
    ),
    -- Two records with one sourcedId may have two parents, of which one is climbed to.
    climb(start, at, steps) AS (
        SELECT id, min(parent), 1 FROM active_orgs WHERE id NOT IN rooted GROUP BY id
        UNION ALL
        SELECT start, (SELECT min(parent) FROM active_orgs WHERE id = climb.at), steps + 1 FROM climb
        WHERE at IS NOT NULL AND at <> start AND steps < :most_parents
    )
SELECT DISTINCT start AS record FROM climb WHERE at = start;
