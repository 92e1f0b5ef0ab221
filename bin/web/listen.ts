import { once } from 'node:events';
import type { Server } from 'node:http';

/** Resolves when the server listens. Throws an Error that says what to do when the port or address cannot be had. */
export async function listen(server: Server, host: string, port: number): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EADDRINUSE') throw new Error(`Port ${port} is in use by another program. Set PORT to a free one and start again.`);
    if (code === 'EACCES')
      throw new Error(`Port ${port} needs more rights than this user has. Set PORT to one above 1023 and start again.`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') throw new Error(`CHOIR_HOST is ${host}, which is no address of this machine.`);
    throw error;
  }
}
