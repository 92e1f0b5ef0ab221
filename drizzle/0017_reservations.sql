CREATE TABLE "reservations" (
	"model_call_id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"keys" text[] NOT NULL,
	"usd" double precision NOT NULL,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "reservations_workspace" ON "reservations" USING btree ("workspace_id");