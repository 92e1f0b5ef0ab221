import { fileURLToPath } from 'node:url';

const forwarder = { outside: fileURLToPath(new URL('./forwarder.mjs', import.meta.url)), inside: '/run/forwarder.mjs' };

/** A socket of the host that programs behind the wall reach on a port of their loopback. `socket` is where it lies inside. */
export type ForwardedPort = { port: number; socket: string };

/** What a sandbox needs for forwarded ports: bubblewrap's arguments, and what stands before its argv. Nothing without ports. */
export function forwardPorts(ports: ForwardedPort[]): { view: string[]; argv: string[] } {
  if (ports.length === 0) return { view: [], argv: [] };
  return {
    view: ['--ro-bind', forwarder.outside, forwarder.inside],
    argv: ['node', forwarder.inside, ...ports.map(({ port, socket }) => `${port}=${socket}`), '--'],
  };
}
