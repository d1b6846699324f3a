ALTER TABLE "display" ADD COLUMN "wall" text;--> statement-breakpoint
ALTER TABLE "display" ADD COLUMN "version" text;