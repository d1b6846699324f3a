CREATE TABLE "brand" (
	"organisation_id" integer NOT NULL,
	"id" integer GENERATED ALWAYS AS IDENTITY (sequence name "brand_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"sector" text NOT NULL,
	"time_zone" text NOT NULL,
	"locale" text NOT NULL,
	"contact" text,
	"demonstration" boolean DEFAULT false NOT NULL,
	"pseudonym_key" "bytea" NOT NULL,
	"commits" bigint DEFAULT 0 NOT NULL,
	"consent_records" bigint DEFAULT 0 NOT NULL,
	"consent_head" "bytea",
	"created_at" bigint NOT NULL,
	CONSTRAINT "brand_organisation_id_id_pk" PRIMARY KEY("organisation_id","id"),
	CONSTRAINT "brand_slug" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "organisation" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "organisation_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "consent_record" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"n" bigint NOT NULL,
	"fan" integer NOT NULL,
	"purpose" smallint NOT NULL,
	"granted" boolean NOT NULL,
	"at" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	"expires_at" bigint,
	"notice_version" text NOT NULL,
	"notice_locale" text NOT NULL,
	"method" text NOT NULL,
	"age" text NOT NULL,
	"evidence" text,
	"notice_hash" text,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "consent_record_organisation_id_brand_id_n_pk" PRIMARY KEY("organisation_id","brand_id","n")
);
--> statement-breakpoint
CREATE TABLE "fan" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"id" integer NOT NULL,
	"pseudonym" "bytea" NOT NULL,
	"sealed_key" "bytea",
	"sealed_id" "bytea",
	"created_at" bigint DEFAULT 0 NOT NULL,
	"age" text NOT NULL,
	"measure_from" bigint,
	"measure_until" bigint,
	"influence_from" bigint,
	"influence_until" bigint,
	"quote_from" bigint,
	"quote_until" bigint,
	"wall_from" bigint,
	"wall_until" bigint,
	"purchases_from" bigint,
	"purchases_until" bigint,
	"offers_from" bigint,
	"offers_until" bigint,
	CONSTRAINT "fan_organisation_id_brand_id_id_pk" PRIMARY KEY("organisation_id","brand_id","id"),
	CONSTRAINT "fan_pseudonym" UNIQUE("organisation_id","brand_id","pseudonym")
);
--> statement-breakpoint
CREATE TABLE "engagement" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"key" uuid NOT NULL,
	"rev" bigint NOT NULL,
	"network" smallint NOT NULL,
	"kind" smallint NOT NULL,
	"fan" integer NOT NULL,
	"occurred_at" bigint NOT NULL,
	"label" smallint NOT NULL,
	"owner" integer,
	"followers" integer,
	"id" text NOT NULL,
	"object" text NOT NULL,
	"reaction" text NOT NULL,
	"campaign" text NOT NULL,
	"language" text NOT NULL,
	"model" text NOT NULL,
	CONSTRAINT "engagement_organisation_id_brand_id_key_pk" PRIMARY KEY("organisation_id","brand_id","key")
);
--> statement-breakpoint
CREATE TABLE "tombstone" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"key" uuid NOT NULL,
	"rev" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	CONSTRAINT "tombstone_organisation_id_brand_id_key_pk" PRIMARY KEY("organisation_id","brand_id","key")
);
--> statement-breakpoint
CREATE TABLE "fan_link_used" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"nonce" text NOT NULL,
	"expires_at" bigint NOT NULL,
	CONSTRAINT "fan_link_used_organisation_id_brand_id_nonce_pk" PRIMARY KEY("organisation_id","brand_id","nonce")
);
--> statement-breakpoint
CREATE TABLE "notice" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"version" text NOT NULL,
	"locale" text NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"meaning" integer NOT NULL,
	"published_at" bigint,
	"hash" text,
	"changed_at" bigint NOT NULL,
	CONSTRAINT "notice_organisation_id_brand_id_version_locale_pk" PRIMARY KEY("organisation_id","brand_id","version","locale")
);
--> statement-breakpoint
CREATE TABLE "platform_figure" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"network" smallint NOT NULL,
	"window" text NOT NULL,
	"value" bigint NOT NULL,
	"as_of" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	CONSTRAINT "platform_figure_organisation_id_brand_id_network_window_pk" PRIMARY KEY("organisation_id","brand_id","network","window")
);
--> statement-breakpoint
CREATE TABLE "refusal" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"minute" integer NOT NULL,
	"network" smallint NOT NULL,
	"reason" smallint NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "refusal_organisation_id_brand_id_minute_network_reason_pk" PRIMARY KEY("organisation_id","brand_id","minute","network","reason")
);
--> statement-breakpoint
CREATE TABLE "rollup" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"minute" integer NOT NULL,
	"network" smallint NOT NULL,
	"kind" smallint NOT NULL,
	"campaign" text NOT NULL,
	"language" text NOT NULL,
	"engagements" integer NOT NULL,
	"positive" integer NOT NULL,
	"neutral" integer NOT NULL,
	"negative" integer NOT NULL,
	CONSTRAINT "rollup_organisation_id_brand_id_minute_network_kind_campaign_language_pk" PRIMARY KEY("organisation_id","brand_id","minute","network","kind","campaign","language")
);
--> statement-breakpoint
ALTER TABLE "brand" ADD CONSTRAINT "brand_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "consent_record_fan" ON "consent_record" USING btree ("organisation_id","brand_id","fan");--> statement-breakpoint
CREATE INDEX "engagement_fan" ON "engagement" USING btree ("organisation_id","brand_id","fan");--> statement-breakpoint
CREATE INDEX "engagement_owner" ON "engagement" USING btree ("organisation_id","brand_id","owner") WHERE owner is not null;--> statement-breakpoint
CREATE INDEX "engagement_occurred" ON "engagement" USING brin ("occurred_at");