CREATE TABLE "display" (
	"organisation_id" integer NOT NULL,
	"id" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"key_at" bigint NOT NULL,
	"previous_hash" "bytea",
	"previous_until" bigint,
	"name" text NOT NULL,
	"brands" integer[] NOT NULL,
	"created_at" bigint NOT NULL,
	"last_seen_at" bigint NOT NULL,
	CONSTRAINT "display_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
