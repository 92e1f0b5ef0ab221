import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type ChoirHome, choirHome } from '#lib/home.ts';
import type { ExecOptions, Limits, NetworkAccess, Sandbox, Transaction } from '#workers/sandbox/sandbox.ts';

export type ContractInput = { name: string; create: (home: ChoirHome) => Promise<Sandbox> };
type Run = { limits?: Partial<Limits>; network?: NetworkAccess; stdin?: string } & Partial<ExecOptions>;

export function execShell(transaction: Transaction, script: string, { limits, network = { mode: 'deny' }, stdin, ...options }: Run = {}) {
  const command = { argv: ['bash', '-c', script], cwd: '.', network, limits, stdin: stdin === undefined ? undefined : Buffer.from(stdin) };
  return transaction.exec(command, { signal: new AbortController().signal, ...options });
}

/** A sandbox in a home of its own, there while the tests of a suite run. */
export function sandboxUnderTest(create: ContractInput['create']) {
  let home: ChoirHome;
  let sandbox: Sandbox;
  let counter = 0;

  beforeAll(async () => {
    home = choirHome(mkdtempSync(join(tmpdir(), 'choir-contract-')));
    sandbox = await create(home);
  });
  afterAll(async () => {
    await sandbox.close();
    rmSync(home.root, { recursive: true, force: true });
  });

  /** A thread of its own whose tree holds these files. */
  function newThread(files: Record<string, string | Buffer> = {}) {
    counter += 1;
    const threadId = `th_${counter}`;
    const tree = home.tree(threadId);
    mkdirSync(tree, { recursive: true });
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(join(tree, path, '..'), { recursive: true });
      writeFileSync(join(tree, path), content);
    }
    return { threadId, tree };
  }

  return {
    get home() {
      return home;
    },
    get sandbox() {
      return sandbox;
    },
    newThread,
    /** The same, with its first transaction. */
    async begin(files?: Record<string, string | Buffer>) {
      const thread = newThread(files);
      return { ...thread, transaction: await sandbox.begin({ threadId: thread.threadId, id: 'ca_1' }) };
    },
  };
}
