CREATE TABLE "source" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"id" integer NOT NULL,
	"address" text NOT NULL,
	"connector" text NOT NULL,
	"name" text NOT NULL,
	"account" text,
	"sealed_secrets" "bytea" NOT NULL,
	"paused" boolean DEFAULT false NOT NULL,
	"created_at" bigint NOT NULL,
	"confirmed_at" bigint,
	"last_delivery_at" bigint,
	"lag_ms" bigint,
	"last_error" text,
	"last_error_at" bigint,
	"quota" smallint,
	"deliveries" bigint DEFAULT 0 NOT NULL,
	"repeated" bigint DEFAULT 0 NOT NULL,
	"forged" bigint DEFAULT 0 NOT NULL,
	"counted" bigint DEFAULT 0 NOT NULL,
	"duplicate" bigint DEFAULT 0 NOT NULL,
	"refused" bigint DEFAULT 0 NOT NULL,
	"quarantined" bigint DEFAULT 0 NOT NULL,
	"withdrawals" bigint DEFAULT 0 NOT NULL,
	"unusable" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "source_organisation_id_brand_id_id_pk" PRIMARY KEY("organisation_id","brand_id","id"),
	CONSTRAINT "source_address" UNIQUE("address")
);
--> statement-breakpoint
CREATE TABLE "source_delivery" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"source" integer NOT NULL,
	"key" uuid NOT NULL,
	"received_at" bigint NOT NULL,
	CONSTRAINT "source_delivery_organisation_id_brand_id_source_key_pk" PRIMARY KEY("organisation_id","brand_id","source","key")
);
--> statement-breakpoint
CREATE TABLE "source_letter" (
	"organisation_id" integer NOT NULL,
	"brand_id" integer NOT NULL,
	"source" integer NOT NULL,
	"id" uuid NOT NULL,
	"received_at" bigint NOT NULL,
	"reason" text NOT NULL,
	"shape" text NOT NULL,
	"replayed_at" bigint,
	CONSTRAINT "source_letter_organisation_id_brand_id_source_id_pk" PRIMARY KEY("organisation_id","brand_id","source","id")
);
--> statement-breakpoint
CREATE INDEX "source_delivery_received" ON "source_delivery" USING brin ("received_at");