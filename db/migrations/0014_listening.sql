CREATE TABLE "resting" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"key" uuid NOT NULL,
	"fan" integer NOT NULL,
	"occurred_at" bigint NOT NULL,
	"row" text NOT NULL,
	CONSTRAINT "resting_organisation_id_brand_id_key_pk" PRIMARY KEY("organisation_id","brand_id","key")
);
--> statement-breakpoint
ALTER TABLE "fan" ADD COLUMN "network" smallint;--> statement-breakpoint
ALTER TABLE "fan" ADD COLUMN "resting" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "fan" ADD COLUMN "rest_at" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "source" ADD COLUMN "cursor" text;--> statement-breakpoint
CREATE INDEX "resting_fan" ON "resting" USING btree ("organisation_id","brand_id","fan");