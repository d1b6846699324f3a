CREATE TABLE "alert" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"id" integer GENERATED ALWAYS AS IDENTITY (sequence name "alert_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"measure" text NOT NULL,
	"window" text NOT NULL,
	"side" text NOT NULL,
	"fire" double precision NOT NULL,
	"clear" double precision NOT NULL,
	"quiet_from" smallint,
	"quiet_to" smallint,
	"mails" text[] NOT NULL,
	"webhook" text,
	"webhook_key" "bytea",
	"muted_until" bigint,
	"firing" boolean DEFAULT false NOT NULL,
	"since" bigint,
	"acknowledged_at" bigint,
	"waiting" text,
	"last_at" bigint,
	"last_value" double precision,
	"last_n" integer,
	"rev" integer DEFAULT 0 NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "alert_organisation_id_brand_id_id_pk" PRIMARY KEY("organisation_id","brand_id","id")
);
--> statement-breakpoint
CREATE TABLE "alert_delivery" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "alert_delivery_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"event" bigint NOT NULL,
	"channel" text NOT NULL,
	"target" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"next_at" bigint NOT NULL,
	"settled_at" bigint,
	CONSTRAINT "alert_delivery_organisation_id_brand_id_id_pk" PRIMARY KEY("organisation_id","brand_id","id")
);
--> statement-breakpoint
CREATE TABLE "alert_event" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "alert_event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"alert" integer NOT NULL,
	"kind" text NOT NULL,
	"at" bigint NOT NULL,
	"value" double precision,
	"n" integer,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"payload" text NOT NULL,
	CONSTRAINT "alert_event_organisation_id_brand_id_id_pk" PRIMARY KEY("organisation_id","brand_id","id")
);
--> statement-breakpoint
CREATE INDEX "alert_delivery_due" ON "alert_delivery" USING btree ("next_at") WHERE state = 'waiting';