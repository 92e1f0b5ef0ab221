CREATE TABLE "telegram_ticks" (
	"chat_id" bigint NOT NULL,
	"approval_id" text NOT NULL,
	"action_hash" text NOT NULL,
	"dropped" jsonb NOT NULL,
	"view" jsonb,
	CONSTRAINT "telegram_ticks_chat_id_approval_id_pk" PRIMARY KEY("chat_id","approval_id")
);
