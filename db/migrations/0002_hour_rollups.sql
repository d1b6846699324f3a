CREATE TABLE "refusal_hour" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"hour" integer NOT NULL,
	"network" smallint NOT NULL,
	"reason" smallint NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "refusal_hour_organisation_id_brand_id_hour_network_reason_pk" PRIMARY KEY("organisation_id","brand_id","hour","network","reason")
);
--> statement-breakpoint
CREATE TABLE "rollup_frozen" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"hour" integer NOT NULL,
	"dimension" smallint NOT NULL,
	"key" text NOT NULL,
	"engagements" integer NOT NULL,
	"positive" integer NOT NULL,
	"neutral" integer NOT NULL,
	"negative" integer NOT NULL,
	"fans" integer NOT NULL,
	"opinions" integer NOT NULL,
	CONSTRAINT "rollup_frozen_organisation_id_brand_id_hour_dimension_key_pk" PRIMARY KEY("organisation_id","brand_id","hour","dimension","key")
);
--> statement-breakpoint
CREATE TABLE "rollup_hour" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"hour" integer NOT NULL,
	"network" smallint NOT NULL,
	"kind" smallint NOT NULL,
	"campaign" text NOT NULL,
	"language" text NOT NULL,
	"engagements" integer NOT NULL,
	"positive" integer NOT NULL,
	"neutral" integer NOT NULL,
	"negative" integer NOT NULL,
	CONSTRAINT "rollup_hour_organisation_id_brand_id_hour_network_kind_campaign_language_pk" PRIMARY KEY("organisation_id","brand_id","hour","network","kind","campaign","language")
);
--> statement-breakpoint
ALTER TABLE "brand" ADD COLUMN "folded_until" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "brand" ADD COLUMN "minutes_from" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "brand" ADD COLUMN "held_from" integer DEFAULT 0 NOT NULL;