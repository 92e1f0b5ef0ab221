ALTER TABLE "mcp_servers" ADD COLUMN "tools" jsonb;--> statement-breakpoint
ALTER TABLE "mcp_servers" ADD COLUMN "problem" text;--> statement-breakpoint
ALTER TABLE "mcp_servers" ADD COLUMN "checked_at" timestamp with time zone;