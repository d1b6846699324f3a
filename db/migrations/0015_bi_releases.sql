CREATE TABLE "bi_access" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"brand" text NOT NULL,
	"role" text,
	"hash" "bytea",
	"created_at" bigint NOT NULL,
	"last_used_at" bigint,
	CONSTRAINT "bi_access_organisation_id_brand_id_id_pk" PRIMARY KEY("organisation_id","brand_id","id")
);
--> statement-breakpoint
CREATE TABLE "release_cell" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"view" text NOT NULL,
	"bucket" integer NOT NULL,
	"cells" json NOT NULL,
	"hidden" text,
	"shown" json NOT NULL,
	"published_at" bigint NOT NULL,
	CONSTRAINT "release_cell_organisation_id_brand_id_view_bucket_pk" PRIMARY KEY("organisation_id","brand_id","view","bucket")
);
--> statement-breakpoint
CREATE TABLE "release_state" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"opened_at" bigint NOT NULL,
	"commits" bigint NOT NULL,
	"made" text NOT NULL,
	"published_at" bigint,
	CONSTRAINT "release_state_organisation_id_brand_id_pk" PRIMARY KEY("organisation_id","brand_id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "bi_access_role" ON "bi_access" USING btree ("role");--> statement-breakpoint
CREATE UNIQUE INDEX "bi_access_hash" ON "bi_access" USING btree ("hash");