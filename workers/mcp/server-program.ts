import { fileURLToPath } from 'node:url';
import type { McpTransport } from '#lib/db/schema.ts';
import type { Program } from '#workers/sandbox/sandbox.ts';

const readyFolder = { outside: fileURLToPath(new URL('./servers', import.meta.url)), inside: '/opt/choir-mcp' };
const storeInside = '/opt/project.git';

export type ProgramPlace = { home: string; store: string; branch: string };

/** A server as a program of the sandbox. Only Choir's own git server sees the store, and only to read. */
export function serverProgram(transport: Exclude<McpTransport, { kind: 'http' }>, { home, store, branch }: ProgramPlace): Program {
  const common = { home, gateway: null };
  if (transport.kind === 'stdio') {
    const { command, args, env } = transport;
    return { ...common, argv: [command, ...args], env, mounts: [] };
  }
  const { entry } = transport;
  const ofGit = entry === 'git';
  return {
    ...common,
    argv: ['node', `${readyFolder.inside}/${entry}.mjs`],
    env: ofGit ? { GIT_DIR: storeInside, CHOIR_BRANCH: branch } : {},
    mounts: [readyFolder, ...(ofGit ? [{ outside: store, inside: storeInside }] : [])],
  };
}
