CREATE TABLE "thread_marks" (
	"user_id" text NOT NULL,
	"thread_id" text NOT NULL,
	"read_seq" integer DEFAULT 0 NOT NULL,
	"archived_seq" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "thread_marks_user_id_thread_id_pk" PRIMARY KEY("user_id","thread_id")
);
--> statement-breakpoint
ALTER TABLE "thread_marks" ADD CONSTRAINT "thread_marks_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_marks" ADD CONSTRAINT "thread_marks_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- What of an event a search looks at: words of people and agents, commands and paths. Never the contents of files or output.
CREATE FUNCTION event_text(type text, data jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN left(CASE type
	WHEN 'goal.given' THEN data ->> 'text'
	WHEN 'guidance.given' THEN data ->> 'text'
	WHEN 'message.posted' THEN data ->> 'text'
	WHEN 'run.completed' THEN data ->> 'summary'
	WHEN 'run.failed' THEN data ->> 'error'
	WHEN 'tool.proposed' THEN concat_ws(' ', data ->> 'explanation', data #>> '{call,args,command}', data #>> '{call,args,path}', data #>> '{call,args,from}', data #>> '{call,args,to}')
	WHEN 'approval.requested' THEN data ->> 'reason'
	WHEN 'approval.answered' THEN data ->> 'note'
	WHEN 'checkpoint.named' THEN data ->> 'name'
	WHEN 'thread.reverted' THEN data ->> 'reason'
	WHEN 'rule.added' THEN data #>> '{rule,text}'
END, 20000);
--> statement-breakpoint
-- Runs of letters, digits and underscores, so that paths and code fall into the words that one types.
CREATE FUNCTION search_words(text text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN to_tsvector('pg_catalog.simple'::regconfig, regexp_replace(text, '[^[:alnum:]_]+', ' ', 'g'));
--> statement-breakpoint
CREATE INDEX events_words ON events USING gin (search_words(event_text(type, data))) WHERE event_text(type, data) IS NOT NULL;
