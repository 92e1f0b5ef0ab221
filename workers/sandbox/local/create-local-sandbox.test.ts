import { describeCommandContract } from '#tests/contracts/sandbox-commands.ts';
import { describeTransactionContract } from '#tests/contracts/sandbox-transactions.ts';
import { createLocalSandbox, type LocalSandboxOptions } from './create-local-sandbox.ts';
import { findSandboxTools } from './find-tools.ts';

const tools = findSandboxTools('/nowhere');
const kinds: [name: string, force: LocalSandboxOptions['force']][] = [
  ['overlay behind bubblewrap', {}],
  ['copy behind bubblewrap', { overlays: false }],
  ['copy without isolation', { walls: false }],
];

for (const [name, force] of kinds) {
  const input = { name, create: (home: LocalSandboxOptions['home']) => createLocalSandbox({ home, tools, force }) };
  describeTransactionContract(input);
  describeCommandContract(input);
}
