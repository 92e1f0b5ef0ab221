import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Installation } from '#tests/installation.ts';

const program = fileURLToPath(new URL('../../bin/choir.mjs', import.meta.url));

/** `choir ...` in a terminal of the machine that runs this installation. Throws what it printed when it fails. */
export async function runCli({ home }: Installation, ...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, CHOIR_HOME: home.root },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`choir ${args.join(' ')} ended with ${code}:\n${printed}`);
  return printed;
}
