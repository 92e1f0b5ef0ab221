import { chmodSync, mkdirSync } from 'node:fs';
import { isAbsolute, normalize } from 'node:path';
import { egressEnvironment } from '../egress/egress-environment.ts';
import type { HostRegistry } from '../egress/host-registry.ts';
import { forwardPorts } from '../inside/forward-ports.ts';
import { terminalProgram } from '../inside/terminal-program.ts';
import { type Attachment, attachRelay } from '../relay/attach-relay.ts';
import type { FoundSession } from '../relay/find-session.ts';
import type { RelayPlan } from '../relay/relay-plan.ts';
import { sessionPlaces } from '../relay/session-folder.ts';
import { startRelay } from '../relay/start-relay.ts';
import { defaultLimits, gatewayPort, type Program, type Session, type Transaction } from '../sandbox.ts';
import type { Layer } from './overlay/layer.ts';
import { endMarkedSandboxes } from './sandbox-processes.ts';
import { createSessionEgress } from './session-egress.ts';
import { baseEnvironment, boxOptions } from './walls/box-options.ts';
import { inside } from './walls/machine-view.ts';
import type { Wall } from './walls/run-walled.ts';

export type SessionParts = {
  /** The transaction's folder. */
  folder: string;
  layer: Layer;
  wall: Wall;
  mark: string;
  hostRegistry: HostRegistry;
  transaction: Transaction;
  session: FoundSession;
  program: Program;
  /** For programs in a terminal. */
  tmux: string | null;
  /** Names this worker among all that may come. */
  owner: string;
  signal: AbortSignal;
};

const stopMs = 1_200;

/** Takes up the program that lives in the transaction, or starts it. */
export async function openSession(parts: SessionParts): Promise<Session> {
  const { folder, mark, owner, signal } = parts;
  signal.throwIfAborted();
  const running = await attachRelay(folder, owner);
  const attachment = running ?? (await start(parts));
  const egress = createSessionEgress(sessionPlaces(folder).egress, parts.hostRegistry);
  void attachment.over.then(egress.close);
  if (signal.aborted) await attachment.detach();
  signal.throwIfAborted();
  return {
    transaction: parts.transaction,
    wasRunning: running !== null,
    knownLines: attachment.knownLines,
    lines: attachment.lines,
    write: attachment.write,
    allowHosts: egress.allow,
    paused: parts.session.paused,
    async detach() {
      await attachment.detach();
      await egress.close();
    },
    async stop() {
      await Promise.race([attachment.stop(), expired(stopMs)]);
      await endMarkedSandboxes(mark);
      await attachment.detach();
      await egress.close();
    },
  };
}

async function start(parts: SessionParts): Promise<Attachment> {
  await endMarkedSandboxes(parts.mark);
  await startRelay(await planSession(parts), parts.mark);
  const attachment = await attachRelay(parts.folder, parts.owner);
  if (!attachment) throw new Error('The program and its relay ended before they could be reached.');
  return attachment;
}

async function planSession({ folder, layer, wall, hostRegistry, program, tmux }: SessionParts): Promise<RelayPlan> {
  const limits = { ...defaultLimits, ...program.limits };
  mkdirSync(program.home, { recursive: true, mode: 0o700 });
  chmodSync(program.home, 0o700);
  const proxy = { folder: sessionPlaces(folder).egress };
  mkdirSync(proxy.folder, { recursive: true, mode: 0o700 });
  const egress = egressEnvironment({ registry: await hostRegistry.read(), proxy });
  const gateway = program.gateway === null ? [] : [{ port: gatewayPort, socket: '/run/gateway/socket' }];
  const ports = forwardPorts([egress.forward, ...gateway]);
  const inner = terminalProgram(program, tmux);
  const { CI: _, ...environment } = baseEnvironment;
  const own = boxOptions({
    tree: layer.root,
    home: program.home,
    temporaryBytes: limits.memoryBytes / 2,
    view: [
      ...program.mounts.flatMap(mountOptions),
      ...(program.gateway === null ? [] : ['--ro-bind', program.gateway, '/run/gateway']),
      ...egress.view,
      ...ports.view,
      ...inner.view,
    ],
    env: { ...environment, ...egress.env, ...inner.env, ...program.env },
  });
  const { bubblewrap } = wall;
  const { overlayOptions } = layer;
  return {
    bubblewrap,
    folder,
    overlayOptions,
    limits,
    box: [...wall.view, ...own],
    cwd: inside.tree,
    argv: [...ports.argv, ...inner.argv],
  };
}

/** A mount point in the tree or the home would be made on the host. */
function mountOptions({ outside, inside: target }: Program['mounts'][number]): string[] {
  const isWritable = [inside.tree, inside.home].some((folder) => `${target}/`.startsWith(`${folder}/`));
  if (!isAbsolute(target) || normalize(target) !== target || isWritable) throw new TypeError(`Nothing can be mounted at ${target}.`);
  return ['--ro-bind', outside, target];
}

function expired(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
