import { z } from 'zod';
import { ToolCall } from '#lib/core/tool.ts';

/** What a step of the rules agent does, as its notes keep it. `calls` is known when planning; the rest looks at the project first. */
export const Task = z.discriminatedUnion('do', [
  z.object({ do: z.literal('calls'), calls: z.array(ToolCall).min(1).max(100), show: z.boolean().optional() }),
  z.object({ do: z.literal('append'), path: z.string(), text: z.string() }),
  z.object({ do: z.literal('copy'), from: z.string(), to: z.string() }),
  z.object({ do: z.literal('replace-everywhere'), find: z.string(), replace: z.string() }),
  z.object({ do: z.literal('run-file'), path: z.string(), arguments: z.string().default('') }),
  z.object({ do: z.literal('test'), cwd: z.string().default('.') }),
  z.object({ do: z.literal('build'), cwd: z.string().default('.'), script: z.string().default('build') }),
  z.object({
    do: z.literal('install'),
    packages: z.array(z.string()).max(50),
    dev: z.boolean().default(false),
    ecosystem: z.enum(['node', 'python']).optional(),
    remove: z.boolean().default(false),
    cwd: z.string().default('.'),
  }),
  z.object({ do: z.literal('summarize') }),
  z.object({ do: z.literal('answer'), text: z.string() }),
]);
export type Task = z.infer<typeof Task>;

/** The task of a step, or null when its notes are not of this agent. */
export function readTask(notes: string): Task | null {
  try {
    return Task.parse(JSON.parse(notes));
  } catch {
    return null;
  }
}
