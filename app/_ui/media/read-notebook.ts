import { z } from 'zod';

/** Lines of a notebook come as one string or as a list of them. */
const Text = z.union([z.string(), z.array(z.string()).transform((lines) => lines.join(''))]);
const Bundle = z.record(z.string(), z.unknown());
const Output = z.object({
  output_type: z.string(),
  name: z.string().optional(),
  text: Text.optional(),
  data: Bundle.optional(),
  ename: z.string().optional(),
  evalue: z.string().optional(),
  traceback: z.array(z.string()).optional(),
});
const Cell = z.object({
  cell_type: z.enum(['markdown', 'code', 'raw']),
  source: Text,
  execution_count: z.number().nullish(),
  outputs: z.array(Output).default([]),
});
const Notebook = z.object({
  cells: z.array(Cell),
  metadata: z
    .object({ language_info: z.object({ name: z.string() }).partial() })
    .partial()
    .optional(),
});

export type NotebookOutput =
  | { kind: 'text'; text: string; error: boolean }
  | { kind: 'image'; src: string }
  | { kind: 'html'; html: string }
  | { kind: 'markdown'; text: string };
export type NotebookCell = { kind: 'markdown' | 'code' | 'raw'; source: string; number: number | null; outputs: NotebookOutput[] };

const pictures = ['image/png', 'image/jpeg', 'image/gif'];
const escapeCodes = /\u001b\[[0-9;?]*[ -/]*[@-~]/g;

/** The cells of a Jupyter notebook (format 4), each output as the richest thing that can be shown safely. null when it is none. */
export function readNotebook(json: string): NotebookCell[] | null {
  const parsed = Notebook.safeParse(parseJson(json));
  if (!parsed.success) return null;
  return parsed.data.cells.map(({ cell_type, source, execution_count, outputs }) => ({
    kind: cell_type,
    source,
    number: execution_count ?? null,
    outputs: outputs.flatMap((output) => readOutput(output) ?? []),
  }));
}

function readOutput({ output_type, name, text, data = {}, ename, evalue, traceback }: z.infer<typeof Output>): NotebookOutput | null {
  if (output_type === 'error') {
    const words = traceback?.join('\n') || `${ename ?? 'Error'}: ${evalue ?? ''}`;
    return { kind: 'text', text: words.replaceAll(escapeCodes, ''), error: true };
  }
  if (text !== undefined) return { kind: 'text', text: text.replaceAll(escapeCodes, ''), error: name === 'stderr' };
  for (const type of pictures) {
    const bytes = readText(data[type])?.replaceAll(/\s/g, '');
    if (bytes && /^[A-Za-z0-9+/]+=*$/.test(bytes)) return { kind: 'image', src: `data:${type};base64,${bytes}` };
  }
  const svg = readText(data['image/svg+xml']);
  if (svg) return { kind: 'image', src: `data:image/svg+xml,${encodeURIComponent(svg)}` };
  const html = readText(data['text/html']);
  if (html) return { kind: 'html', html };
  const markdown = readText(data['text/markdown']) ?? readText(data['text/latex']);
  if (markdown) return { kind: 'markdown', text: markdown };
  const plain = readText(data['text/plain']);
  return plain === null ? null : { kind: 'text', text: plain.replaceAll(escapeCodes, ''), error: false };
}

function readText(value: unknown): string | null {
  const text = Text.safeParse(value);
  return text.success ? text.data : null;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
