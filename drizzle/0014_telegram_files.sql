CREATE TABLE "telegram_files" (
	"chat_id" bigint NOT NULL,
	"message_id" integer NOT NULL,
	"topic_id" integer NOT NULL,
	"telegram_id" bigint NOT NULL,
	"file_id" text NOT NULL,
	"name" text NOT NULL,
	"thread_id" text,
	"path" text,
	"sent_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "telegram_files_chat_id_message_id_pk" PRIMARY KEY("chat_id","message_id")
);
