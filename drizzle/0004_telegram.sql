CREATE TABLE "telegram_accounts" (
	"telegram_id" bigint PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"linked_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "telegram_bots" (
	"bot_id" bigint PRIMARY KEY NOT NULL,
	"username" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "telegram_buttons" (
	"id" text PRIMARY KEY NOT NULL,
	"chat_id" bigint NOT NULL,
	"telegram_id" bigint,
	"action" jsonb NOT NULL,
	"action_key" text NOT NULL,
	"epoch" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_by" bigint
);
--> statement-breakpoint
CREATE TABLE "telegram_chats" (
	"chat_id" bigint PRIMARY KEY NOT NULL,
	"choices" jsonb NOT NULL,
	"current_thread_id" text
);
--> statement-breakpoint
CREATE TABLE "telegram_link_codes" (
	"code_hash" "bytea" PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "telegram_messages" (
	"chat_id" bigint NOT NULL,
	"key" text NOT NULL,
	"thread_id" text NOT NULL,
	"message_id" integer NOT NULL,
	"hash" text NOT NULL,
	"sent_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "telegram_messages_chat_id_key_pk" PRIMARY KEY("chat_id","key")
);
--> statement-breakpoint
CREATE TABLE "telegram_places" (
	"chat_id" bigint NOT NULL,
	"thread_id" text NOT NULL,
	"topic_id" integer NOT NULL,
	"telegram_id" bigint NOT NULL,
	"seen_seq" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "telegram_places_chat_id_thread_id_pk" PRIMARY KEY("chat_id","thread_id")
);
--> statement-breakpoint
CREATE TABLE "telegram_prompts" (
	"chat_id" bigint NOT NULL,
	"topic_id" integer NOT NULL,
	"telegram_id" bigint NOT NULL,
	"approval_id" text NOT NULL,
	"message_id" integer NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "telegram_prompts_chat_id_topic_id_telegram_id_pk" PRIMARY KEY("chat_id","topic_id","telegram_id")
);
--> statement-breakpoint
CREATE TABLE "telegram_updates" (
	"update_id" bigint PRIMARY KEY NOT NULL,
	"payload" jsonb NOT NULL,
	"epoch" text NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"begun_at" timestamp with time zone,
	"done_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "telegram_accounts" ADD CONSTRAINT "telegram_accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "telegram_link_codes" ADD CONSTRAINT "telegram_link_codes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "telegram_places" ADD CONSTRAINT "telegram_places_telegram_id_telegram_accounts_telegram_id_fk" FOREIGN KEY ("telegram_id") REFERENCES "public"."telegram_accounts"("telegram_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "telegram_accounts_user" ON "telegram_accounts" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "telegram_buttons_action" ON "telegram_buttons" USING btree ("chat_id","action_key","epoch");--> statement-breakpoint
CREATE UNIQUE INDEX "telegram_messages_message" ON "telegram_messages" USING btree ("chat_id","message_id");--> statement-breakpoint
CREATE UNIQUE INDEX "telegram_places_topic" ON "telegram_places" USING btree ("chat_id","topic_id") WHERE topic_id <> 0;--> statement-breakpoint
CREATE INDEX "telegram_places_thread" ON "telegram_places" USING btree ("thread_id");--> statement-breakpoint
CREATE INDEX "telegram_updates_open" ON "telegram_updates" USING btree ("update_id") WHERE done_at is null;--> statement-breakpoint
CREATE INDEX "events_parent" ON "events" USING btree ("parent_event_id") WHERE parent_event_id is not null;