import { connect, createServer, type Socket } from 'node:net';
import { listen } from '#bin/web/listen.ts';

export type CuttableLine = {
  /** Where the installation is reached over this line. */
  url: string;
  /** Every connection breaks, and no new one can be made. */
  cut(): void;
  /** What goes either way takes so long, and so long again for each time that it is lost: `loss` of 0 to 1. Order is kept, as by any TCP. */
  worsen(latencyMs: number, loss: number): void;
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
  let latencyMs = 0;
  let loss = 0;

  function travelMs(): number {
    let tries = 1;
    while (latencyMs > 0 && Math.random() < loss) tries += 1;
    return tries * latencyMs;
  }

  function carry(from: Socket, to: Socket): void {
    let arrivesAt = 0;
    const after = (act: () => void) => {
      arrivesAt = Math.max(arrivesAt, Date.now() + travelMs());
      if (arrivesAt <= Date.now()) act();
      else setTimeout(() => to.writable && act(), arrivesAt - Date.now());
    };
    from.on('data', (chunk) => after(() => to.write(chunk)));
    from.on('end', () => after(() => to.end()));
  }

  const server = createServer({ allowHalfOpen: true }, (near) => {
    if (isCut) return near.destroy();
    const far = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
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
      carry(socket, other);
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
    worsen(slowMs, lost) {
      [latencyMs, loss] = [slowMs, lost];
    },
    mend() {
      isCut = false;
      [latencyMs, loss] = [0, 0];
    },
    silence() {
      for (const socket of open) {
        for (const event of ['data', 'end', 'close']) socket.removeAllListeners(event);
        socket.resume();
      }
    },
    close() {
      server.close();
      endAll();
    },
  };
}
