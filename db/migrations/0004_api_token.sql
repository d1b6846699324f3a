CREATE TABLE "api_token" (
	"organisation_id" integer NOT NULL,
	"id" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"name" text NOT NULL,
	"scopes" text[] NOT NULL,
	"brands" integer[],
	"created_at" bigint NOT NULL,
	"expires_at" bigint,
	"last_used_at" bigint,
	CONSTRAINT "api_token_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
