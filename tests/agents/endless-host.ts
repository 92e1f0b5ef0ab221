import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';

/**
 * A host outside whose answer never ends, in the place of the package registry: the one host of this machine that a sandbox reaches. `command` asks it, and
 * ends with its connection. Call it at the top level of a test file.
 */
export async function endlessHost() {
  const answers: ServerResponse[] = [];
  const server = createServer((_, response) => {
    response.write('begun\n');
    answers.push(response);
    server.emit('asked');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const before = process.env.npm_config_registry;
  process.env.npm_config_registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  afterAll(() => {
    if (before === undefined) delete process.env.npm_config_registry;
    else process.env.npm_config_registry = before;
    server.closeAllConnections();
    server.close();
  });
  return {
    command: 'curl -sN --noproxy "" $npm_config_registry && echo ended || echo cut off',
    /** Resolves when it is asked the next time, with what resolves when that connection is gone. */
    async nextAsked(): Promise<{ gone: Promise<unknown> }> {
      await once(server, 'asked');
      const answer = answers.at(-1);
      if (!answer) throw new Error('Nobody asked.');
      return { gone: once(answer, 'close') };
    },
  };
}
