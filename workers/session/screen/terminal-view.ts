import { z } from 'zod';
import type { SessionLine } from '#workers/sandbox/sandbox.ts';

/** All that is known of a terminal from its log. Line numbers are those of the log. */
export type TerminalView = {
  rows: string[];
  /** From 0. */
  cursorRow: number;
  screenLine: number;
  /** The newest line that was written to the terminal, and the newest of those that typed or started something. */
  inLine: number;
  typedLine: number;
  exited: { code: number | null } | null;
  /** What was typed since the program started last, by its name. */
  told: ReadonlySet<string>;
  /** Whether Ctrl-C was the last that was typed. */
  interrupted: boolean;
  /** The session's count of restarts when this program started; null when nobody has said it. */
  restarts: number | null;
};

export const emptyTerminal: TerminalView = {
  rows: [],
  cursorRow: 0,
  screenLine: 0,
  inLine: 0,
  typedLine: 0,
  exited: null,
  told: new Set(),
  interrupted: false,
  restarts: null,
};

export const interruptKey = 'C-c';

const Json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue('Not JSON.');
    return z.NEVER;
  }
});
/** From inside the sandbox, so whatever the program wants it to be. */
const News = Json.pipe(
  z.discriminatedUnion('type', [
    z.object({
      type: z.literal('screen'),
      screen: z.array(z.string().max(10_000)).max(200),
      cursor: z.tuple([z.number().int().min(0), z.number().int().min(0)]),
    }),
    z.object({ type: z.literal('exited'), code: z.number().int().nullable() }),
  ]),
);
const Request = Json.pipe(
  z.object({ type: z.string(), about: z.string().optional(), restarts: z.number().optional(), keys: z.array(z.string()).optional() }),
);

/** The view after one more line of the log. Pure. */
export function foldTerminal(view: TerminalView, { n, direction, text }: SessionLine): TerminalView {
  if (direction === 'out') {
    const { data } = News.safeParse(text);
    if (!data) return view;
    if (data.type === 'exited') return { ...view, exited: { code: data.code } };
    return { ...view, rows: data.screen, cursorRow: data.cursor[1], screenLine: n };
  }
  const { data } = direction === 'in' ? Request.safeParse(text) : {};
  if (!data) return view;
  const { about, keys, restarts = view.restarts } = data;
  const known = { ...view, inLine: n, restarts };
  if (data.type === 'start') return { ...known, typedLine: n, exited: null, told: new Set(), interrupted: false };
  if (data.type !== 'text' && data.type !== 'keys') return known;
  const told = about ? new Set([...view.told, about]) : view.told;
  return { ...known, typedLine: n, told, interrupted: keys?.includes(interruptKey) ?? false };
}
