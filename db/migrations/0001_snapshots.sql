CREATE TABLE "rights_request" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"id" integer NOT NULL,
	"kind" text NOT NULL,
	"channel" text NOT NULL,
	"received_at" bigint NOT NULL,
	"due_at" bigint NOT NULL,
	"extended_at" bigint,
	"closed_at" bigint,
	"outcome" text,
	"fan" integer,
	"sealed_person" "bytea",
	"sealed_note" "bytea",
	"sealed_reason" "bytea",
	"sealed_answer" "bytea",
	CONSTRAINT "rights_request_organisation_id_brand_id_id_pk" PRIMARY KEY("organisation_id","brand_id","id")
);
--> statement-breakpoint
CREATE TABLE "snapshot" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"id" text NOT NULL,
	"title" text NOT NULL,
	"window" text NOT NULL,
	"audience" text NOT NULL,
	"as_of" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"canonical" "bytea" NOT NULL,
	"sha256" "bytea" NOT NULL,
	CONSTRAINT "snapshot_organisation_id_brand_id_id_pk" PRIMARY KEY("organisation_id","brand_id","id")
);
--> statement-breakpoint
CREATE INDEX "rights_request_due" ON "rights_request" USING btree ("organisation_id","brand_id","due_at") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "rights_request_fan" ON "rights_request" USING btree ("organisation_id","brand_id","fan") WHERE fan is not null;--> statement-breakpoint
CREATE INDEX "snapshot_id" ON "snapshot" USING btree ("id");--> statement-breakpoint
CREATE INDEX "snapshot_newest" ON "snapshot" USING btree ("organisation_id","brand_id","created_at","id");--> statement-breakpoint
CREATE INDEX "consent_record_received" ON "consent_record" USING brin ("received_at");--> statement-breakpoint
CREATE FUNCTION "snapshot_is_final"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'a snapshot is never changed'; END $$;--> statement-breakpoint
CREATE TRIGGER "snapshot_is_final" BEFORE UPDATE ON "snapshot" FOR EACH ROW EXECUTE FUNCTION "snapshot_is_final"();
