-- The whole transaction of a batch of new engagements as one statement and one round trip: the tenant is set first,
-- by a statement of its own, so that row-level security sees it whatever the planner does with the next.
-- The brand's row is locked first, so that the number of commits is that of the transaction before. Nothing at all is
-- written unless that number is the one given, no engagement of the batch was removed before it came, and all lies in
-- hours that are not folded yet; an engagement that is held already stops the statement. Parameters: organisation,
-- brand, commits, a column of rows each (server/src/store/columns.ts), changes, refusals, earliest minute, excerpts,
-- marks of deliveries.
CREATE FUNCTION "record_new"(int, int, int8, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, int, text, text)
RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  steps int;
BEGIN
  PERFORM set_config('fanfare.organisation', $1::text, true), set_config('fanfare.brand', $2::text, true);
  WITH locked AS MATERIALIZED (
    SELECT commits, folded_until FROM brand WHERE organisation_id = $1 AND id = $2 FOR NO KEY UPDATE),
  free AS MATERIALIZED (
    SELECT 1 AS one FROM locked WHERE commits = $3 AND folded_until * 60 <= $21 AND NOT EXISTS (
      SELECT FROM tombstone WHERE organisation_id = $1 AND brand_id = $2 AND key = any($4::uuid[]))),
  stepped AS (
    UPDATE brand SET commits = commits + 1 FROM free WHERE organisation_id = $1 AND id = $2 RETURNING 1),
  added AS (
    INSERT INTO engagement (organisation_id, brand_id, key, rev, network, kind, fan, occurred_at, label, owner, followers, id, object, reaction, campaign, language, model)
    SELECT $1, $2, row.* FROM unnest($4::uuid[], $5::int8[], $6::int2[], $7::int2[], $8::int[], $9::int8[], $10::int2[], $11::int[], $12::int[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::text[]) AS row WHERE EXISTS (SELECT FROM free)),
  rolled AS (
    INSERT INTO rollup AS r
    SELECT $1, $2, t.* FROM json_to_recordset($19::json)
      AS t(minute int, network int2, kind int2, campaign text, language text,
           engagements int, positive int, neutral int, negative int)
    WHERE EXISTS (SELECT FROM free) ORDER BY minute, network, kind, campaign, language
    ON CONFLICT (organisation_id, brand_id, minute, network, kind, campaign, language) DO UPDATE SET
      engagements = r.engagements + excluded.engagements, positive = r.positive + excluded.positive,
      neutral = r.neutral + excluded.neutral, negative = r.negative + excluded.negative),
  counted AS (
    INSERT INTO refusal AS r
    SELECT $1, $2, t.* FROM json_to_recordset($20::json)
      AS t(minute int, network int2, reason int2, count int) WHERE EXISTS (SELECT FROM free)
    ON CONFLICT (organisation_id, brand_id, minute, network, reason) DO UPDATE SET count = r.count + excluded.count),
  kept AS (
    INSERT INTO excerpt
      (organisation_id, brand_id, key, fan, at, network, kind, object, label, purposes, sealed, expires_at)
    SELECT $1, $2, key, fan, at, network, kind, object, label, purposes, decode(sealed, 'hex'), expires_at
    FROM json_to_recordset($22::json)
      AS t(key uuid, fan int, at int8, network int2, kind int2, object text, label int2, purposes int2,
           sealed text, expires_at int8)
    WHERE EXISTS (SELECT FROM free)
    ON CONFLICT (organisation_id, brand_id, key) DO UPDATE SET fan = excluded.fan, at = excluded.at,
      network = excluded.network, kind = excluded.kind, object = excluded.object, label = excluded.label,
      purposes = excluded.purposes, sealed = excluded.sealed, expires_at = excluded.expires_at),
  marked AS (
    INSERT INTO source_delivery (organisation_id, brand_id, source, key, received_at)
    SELECT $1, $2, source, key, at FROM json_to_recordset($23::json) AS t(source int, key uuid, at int8)
    WHERE EXISTS (SELECT FROM free)
    ON CONFLICT (organisation_id, brand_id, source, key) DO NOTHING)
  SELECT count(*) INTO steps FROM stepped;
  RETURN steps = 1;
END $$;
