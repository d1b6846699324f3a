CREATE TABLE "excerpt" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"key" uuid NOT NULL,
	"fan" integer NOT NULL,
	"at" bigint NOT NULL,
	"network" smallint NOT NULL,
	"kind" smallint NOT NULL,
	"object" text NOT NULL,
	"label" smallint NOT NULL,
	"purposes" smallint NOT NULL,
	"sealed" "bytea" NOT NULL,
	"expires_at" bigint NOT NULL,
	CONSTRAINT "excerpt_organisation_id_brand_id_key_pk" PRIMARY KEY("organisation_id","brand_id","key")
);
--> statement-breakpoint
CREATE INDEX "excerpt_at" ON "excerpt" USING btree ("organisation_id","brand_id","at");--> statement-breakpoint
CREATE INDEX "excerpt_fan" ON "excerpt" USING btree ("organisation_id","brand_id","fan");