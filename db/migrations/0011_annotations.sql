CREATE TABLE "annotation" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"id" text NOT NULL,
	"at" bigint NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "annotation_organisation_id_brand_id_id_pk" PRIMARY KEY("organisation_id","brand_id","id")
);
