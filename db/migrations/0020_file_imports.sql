CREATE TABLE "file_import" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"source" integer NOT NULL,
	"name" text NOT NULL,
	"mark" text NOT NULL,
	"profile" text,
	"size" bigint,
	"part" integer NOT NULL,
	"layout" text NOT NULL,
	"taken" bigint NOT NULL,
	"line" bigint NOT NULL,
	"skipping" boolean NOT NULL,
	"done" boolean NOT NULL,
	"again" boolean NOT NULL,
	"received" bigint DEFAULT 0 NOT NULL,
	"counted" bigint DEFAULT 0 NOT NULL,
	"duplicate" bigint DEFAULT 0 NOT NULL,
	"refused" bigint DEFAULT 0 NOT NULL,
	"rejected" bigint DEFAULT 0 NOT NULL,
	"quarantined" bigint DEFAULT 0 NOT NULL,
	"reasons" text NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	CONSTRAINT "file_import_organisation_id_brand_id_id_pk" PRIMARY KEY("organisation_id","brand_id","id")
);
--> statement-breakpoint
CREATE TABLE "file_import_line" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"import" uuid NOT NULL,
	"line" bigint NOT NULL,
	"code" text NOT NULL,
	"field" text,
	CONSTRAINT "file_import_line_organisation_id_brand_id_import_line_pk" PRIMARY KEY("organisation_id","brand_id","import","line")
);
