CREATE TABLE "outgoing" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"webhook" text,
	"webhook_key" "bytea",
	"proven_at" bigint,
	"stopped_at" bigint,
	CONSTRAINT "outgoing_organisation_id_brand_id_pk" PRIMARY KEY("organisation_id","brand_id")
);
--> statement-breakpoint
CREATE TABLE "outgoing_hit" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"id" text NOT NULL,
	"rule" integer NOT NULL,
	"rev" integer NOT NULL,
	"fan" integer NOT NULL,
	"turn" integer NOT NULL,
	"met" text NOT NULL,
	"basis" bigint NOT NULL,
	"at" bigint NOT NULL,
	"made_at" bigint NOT NULL,
	"day" integer NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"reason" text,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"next_at" bigint NOT NULL,
	"settled_at" bigint,
	CONSTRAINT "outgoing_hit_organisation_id_brand_id_id_pk" PRIMARY KEY("organisation_id","brand_id","id"),
	CONSTRAINT "outgoing_hit_turn" UNIQUE("organisation_id","brand_id","rule","fan","turn")
);
--> statement-breakpoint
CREATE TABLE "outgoing_rule" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"id" integer GENERATED ALWAYS AS IDENTITY (sequence name "outgoing_rule_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"kinds" integer[] NOT NULL,
	"network" smallint,
	"campaign" text,
	"object" text,
	"count" smallint NOT NULL,
	"window" text NOT NULL,
	"days" smallint NOT NULL,
	"quiet_from" smallint,
	"quiet_to" smallint,
	"per_day" integer NOT NULL,
	"since" bigint,
	"rev" integer DEFAULT 0 NOT NULL,
	"created_at" bigint NOT NULL,
	"removed_at" bigint,
	CONSTRAINT "outgoing_rule_organisation_id_brand_id_id_pk" PRIMARY KEY("organisation_id","brand_id","id")
);
--> statement-breakpoint
CREATE INDEX "outgoing_hit_fan" ON "outgoing_hit" USING btree ("organisation_id","brand_id","fan");--> statement-breakpoint
CREATE INDEX "outgoing_hit_day" ON "outgoing_hit" USING btree ("organisation_id","brand_id","rule","day");--> statement-breakpoint
CREATE INDEX "outgoing_hit_due" ON "outgoing_hit" USING btree ("next_at") WHERE state = 'waiting';