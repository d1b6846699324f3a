CREATE TABLE "audit_chain" (
	"organisation_id" integer PRIMARY KEY NOT NULL,
	"records" bigint DEFAULT 0 NOT NULL,
	"head" "bytea",
	"removed" bigint DEFAULT 0 NOT NULL,
	"base" "bytea"
);
--> statement-breakpoint
CREATE TABLE "audit_record" (
	"organisation_id" integer NOT NULL,
	"n" bigint NOT NULL,
	"at" bigint NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"action" text NOT NULL,
	"brand" integer,
	"detail" text NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "audit_record_organisation_id_n_pk" PRIMARY KEY("organisation_id","n")
);
--> statement-breakpoint
CREATE INDEX "audit_record_at" ON "audit_record" USING btree ("organisation_id","at");--> statement-breakpoint
CREATE FUNCTION "audit_record_is_final"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	-- Only the job of retention removes records, and only those older than two years.
	IF TG_OP = 'DELETE' AND current_setting('fanfare.audit_retention', true) = 'on' THEN
		IF OLD.at < (extract(epoch FROM now()) * 1000)::bigint - 730 * 86400000::bigint THEN RETURN OLD; END IF;
	END IF;
	RAISE EXCEPTION 'an audit record is never changed';
END $$;--> statement-breakpoint
CREATE TRIGGER "audit_record_is_final" BEFORE UPDATE OR DELETE ON "audit_record" FOR EACH ROW EXECUTE FUNCTION "audit_record_is_final"();--> statement-breakpoint
CREATE TRIGGER "audit_record_is_kept" BEFORE TRUNCATE ON "audit_record" FOR EACH STATEMENT EXECUTE FUNCTION "audit_record_is_final"();
