CREATE TABLE "purchase" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"key" uuid NOT NULL,
	"source" integer NOT NULL,
	"fan" integer,
	"account" uuid,
	"mail" uuid,
	"tied_by" smallint NOT NULL,
	"at" bigint NOT NULL,
	"rev" bigint NOT NULL,
	"paid" boolean NOT NULL,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"sealed" "bytea",
	CONSTRAINT "purchase_organisation_id_brand_id_key_pk" PRIMARY KEY("organisation_id","brand_id","key")
);
--> statement-breakpoint
CREATE TABLE "purchase_mail" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"handle" uuid NOT NULL,
	"fan" integer NOT NULL,
	"at" bigint NOT NULL,
	"sealed" "bytea" NOT NULL,
	CONSTRAINT "purchase_mail_organisation_id_brand_id_handle_pk" PRIMARY KEY("organisation_id","brand_id","handle")
);
--> statement-breakpoint
CREATE INDEX "purchase_fan" ON "purchase" USING btree ("organisation_id","brand_id","fan");--> statement-breakpoint
CREATE INDEX "purchase_at" ON "purchase" USING btree ("organisation_id","brand_id","at");--> statement-breakpoint
CREATE INDEX "purchase_mail_fan" ON "purchase_mail" USING btree ("organisation_id","brand_id","fan");