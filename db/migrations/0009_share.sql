CREATE TABLE "share_link" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"id" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"snapshot" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"ended_at" bigint,
	"passphrase" text,
	CONSTRAINT "share_link_organisation_id_brand_id_id_pk" PRIMARY KEY("organisation_id","brand_id","id")
);
--> statement-breakpoint
CREATE TABLE "share_visit" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"link" text NOT NULL,
	"n" bigint GENERATED ALWAYS AS IDENTITY (sequence name "share_visit_n_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" bigint NOT NULL,
	"act" text NOT NULL,
	CONSTRAINT "share_visit_organisation_id_brand_id_link_n_pk" PRIMARY KEY("organisation_id","brand_id","link","n")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "share_link_hash" ON "share_link" USING btree ("hash");