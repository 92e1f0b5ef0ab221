import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CliError, exitCodes } from './cli-error.ts';
import { cleanText } from './render/clean-text.ts';

/** What a command may do to the terminal. `signal` aborts on Ctrl-C. */
export type Terminal = {
  print(text: string): void;
  note(text: string): void;
  interactive: boolean;
  style: Style;
  signal: AbortSignal;
  /** One line of the person. Rejects when `signal`, Ctrl-C or Ctrl-D aborts, or the terminal is gone. */
  ask(question: string, signal?: AbortSignal): Promise<string>;
  /** The same, and what is typed is not shown. */
  askSecret(question: string, signal?: AbortSignal): Promise<string>;
  readInput(): Promise<string>;
};

export type Style = Record<'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'blue', (text: string) => string>;

const inputLimitBytes = 1_000_000;

/** `NO_COLOR` and a stdout that is no terminal give plain text. */
export function openTerminal(environment: NodeJS.ProcessEnv): Terminal {
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());
  async function ask(output: NodeJS.WritableStream, question: string, signal = interrupted.signal): Promise<string> {
    const reader = createInterface({ input: process.stdin, output, terminal: output === process.stdout ? undefined : true });
    const interrupt = () => interrupted.abort();
    for (const way of ['SIGINT', 'close']) reader.once(way, interrupt);
    try {
      return cleanText(await reader.question(question, { signal: AbortSignal.any([signal, interrupted.signal]) })).trim();
    } finally {
      reader.off('close', interrupt);
      reader.close();
    }
  }
  return {
    print: (text) => void process.stdout.write(`${text}\n`),
    note: (text) => void process.stderr.write(`${text}\n`),
    interactive: Boolean(process.stdin.isTTY && process.stdout.isTTY),
    style: terminalStyle(Boolean(process.stdout.isTTY) && !environment.NO_COLOR),
    signal: interrupted.signal,
    ask: (question, signal) => ask(process.stdout, question, signal),
    async askSecret(question, signal) {
      process.stdout.write(question);
      try {
        return await ask(unseen(), '', signal);
      } finally {
        process.stdout.write('\n');
      }
    },
    async readInput() {
      let text = '';
      for await (const chunk of process.stdin.setEncoding('utf8')) {
        text += chunk;
        if (text.length > inputLimitBytes) throw new CliError('The text on stdin is too long.', exitCodes.refused);
      }
      return text;
    },
  };
}

/** Where what is typed leaves no trace. */
function unseen(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

export function terminalStyle(colors: boolean): Style {
  const paint = (code: number) => (text: string) => (colors && text ? `\u001b[${code}m${text}\u001b[0m` : text);
  return { bold: paint(1), dim: paint(2), red: paint(31), green: paint(32), yellow: paint(33), blue: paint(34) };
}
