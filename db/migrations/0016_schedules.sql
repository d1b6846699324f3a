CREATE TABLE "schedule" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"id" integer GENERATED ALWAYS AS IDENTITY (sequence name "schedule_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"window" text NOT NULL,
	"cadence" text NOT NULL,
	"weekday" smallint,
	"day" smallint,
	"minute" smallint NOT NULL,
	"locale" text NOT NULL,
	"paused" boolean NOT NULL,
	"since" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "schedule_organisation_id_brand_id_id_pk" PRIMARY KEY("organisation_id","brand_id","id")
);
--> statement-breakpoint
CREATE TABLE "schedule_mail" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "schedule_mail_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"schedule" integer NOT NULL,
	"kind" text NOT NULL,
	"due" bigint NOT NULL,
	"recipient" integer,
	"target" text,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"next_at" bigint NOT NULL,
	CONSTRAINT "schedule_mail_organisation_id_brand_id_id_pk" PRIMARY KEY("organisation_id","brand_id","id")
);
--> statement-breakpoint
CREATE TABLE "schedule_recipient" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"id" integer GENERATED ALWAYS AS IDENTITY (sequence name "schedule_recipient_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"schedule" integer NOT NULL,
	"mail" text NOT NULL,
	"left_at" bigint,
	CONSTRAINT "schedule_recipient_organisation_id_brand_id_id_pk" PRIMARY KEY("organisation_id","brand_id","id")
);
--> statement-breakpoint
CREATE TABLE "schedule_run" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"schedule" integer NOT NULL,
	"kind" text NOT NULL,
	"due" bigint NOT NULL,
	"late" boolean NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"next_at" bigint NOT NULL,
	"snapshot" text,
	"previous" text,
	"picture" text,
	CONSTRAINT "schedule_run_organisation_id_brand_id_schedule_kind_due_pk" PRIMARY KEY("organisation_id","brand_id","schedule","kind","due")
);
--> statement-breakpoint
CREATE INDEX "schedule_mail_due" ON "schedule_mail" USING btree ("next_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "schedule_mail_run" ON "schedule_mail" USING btree ("organisation_id","brand_id","schedule");--> statement-breakpoint
CREATE UNIQUE INDEX "schedule_recipient_once" ON "schedule_recipient" USING btree ("organisation_id","brand_id","schedule","mail");--> statement-breakpoint
CREATE INDEX "schedule_run_open" ON "schedule_run" USING btree ("next_at") WHERE state = 'open';