import { connect, createServer, type Socket } from 'node:net';
import { listen } from '#bin/web/listen.ts';

export type CuttableLine = {
  /** Where the installation is reached over this line. */
  url: string;
  /** Every connection breaks, and no new one can be made. */
  cut(): void;
  mend(): void;
  /** What is connected now hears nothing more, and is not told: as of a phone that slept or moved. New connections can be made. */
  silence(): void;
  close(): void;
};

/** A network of its own between a browser and `target`, which can be cut for pages and service workers alike. */
export async function cuttableLine(target: string): Promise<CuttableLine> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) return near.destroy();
    const far = connect({ host: hostname, port: Number(port) });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await listen(server as never, '127.0.0.1', 0);
  const endAll = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    cut() {
      isCut = true;
      endAll();
    },
    mend() {
      isCut = false;
    },
    silence() {
      for (const socket of open) {
        socket.unpipe();
        socket.removeAllListeners('close');
        socket.resume();
      }
    },
    close() {
      server.close();
      endAll();
    },
  };
}
