CREATE TABLE "policy_count" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"hour" integer NOT NULL,
	"policy" text NOT NULL,
	"looked" integer NOT NULL,
	"withheld" integer NOT NULL,
	CONSTRAINT "policy_count_organisation_id_brand_id_hour_policy_pk" PRIMARY KEY("organisation_id","brand_id","hour","policy")
);
--> statement-breakpoint
CREATE TABLE "quarantine" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"key" uuid NOT NULL,
	"rev" bigint NOT NULL,
	"version" integer NOT NULL,
	"fan" integer,
	"first_received_at" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	"sealed" "bytea",
	"handed_over_at" bigint,
	"acknowledged_at" bigint,
	"acknowledged_by" text,
	"purged_at" bigint,
	CONSTRAINT "quarantine_organisation_id_brand_id_key_pk" PRIMARY KEY("organisation_id","brand_id","key")
);
--> statement-breakpoint
CREATE TABLE "quarantine_delivery" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"key" uuid NOT NULL,
	"channel" text NOT NULL,
	"version" integer NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"next_at" bigint NOT NULL,
	"settled_at" bigint,
	CONSTRAINT "quarantine_delivery_organisation_id_brand_id_key_channel_pk" PRIMARY KEY("organisation_id","brand_id","key","channel")
);
--> statement-breakpoint
CREATE TABLE "safety_contact" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"name" text NOT NULL,
	"mail" text,
	"webhook" text,
	"webhook_key" "bytea",
	"recipient" text NOT NULL,
	"products" text[] NOT NULL,
	"changed_at" bigint NOT NULL,
	CONSTRAINT "safety_contact_organisation_id_brand_id_pk" PRIMARY KEY("organisation_id","brand_id")
);
--> statement-breakpoint
CREATE INDEX "quarantine_received" ON "quarantine" USING btree ("organisation_id","brand_id","received_at");--> statement-breakpoint
CREATE INDEX "quarantine_delivery_due" ON "quarantine_delivery" USING btree ("next_at") WHERE state = 'waiting';