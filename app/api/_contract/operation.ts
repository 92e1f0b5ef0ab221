import type { z } from 'zod';

/** One method of one route: what it takes and gives. The handler parses with it and the OpenAPI document is made from it. */
export type Operation = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** As in OpenAPI: `/api/threads/{threadId}`. */
  path: `/api/${string}`;
  summary: string;
  description?: string;
  /** Answers without a session. */
  open?: true;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Media types a body may have besides JSON, described; the route reads those itself. */
  otherBodies?: Record<string, z.ZodType>;
  status: 200 | 201 | 204;
  reply?: z.ZodType;
  /** Media types of an answer besides `reply` as JSON. */
  otherReplies?: Record<string, string>;
};

type Parsed<Schema> = Schema extends z.ZodType ? z.infer<Schema> : unknown;

/** The parts of a request in one flat object. */
export type InputOf<Op extends Operation> = Parsed<Op['params']> & Parsed<Op['query']> & Parsed<Op['body']>;
export type ReplyOf<Op extends Operation> = Op['reply'] extends z.ZodType ? z.input<Op['reply']> : unknown;

export function operation<const Op extends Operation>(definition: Op): Op {
  return definition;
}
