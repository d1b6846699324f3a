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
