import { describeSandboxContract } from '#tests/contracts/sandbox.ts';
import { createLocalSandbox } from './create-local-sandbox.ts';
import { findSandboxTools } from './find-tools.ts';

const tools = findSandboxTools('/nowhere');

describeSandboxContract({ name: 'overlay behind bubblewrap', create: (home) => createLocalSandbox({ home, tools }) });
describeSandboxContract({
  name: 'copy behind bubblewrap',
  create: (home) => createLocalSandbox({ home, tools, force: { overlays: false } }),
});
describeSandboxContract({ name: 'copy without isolation', create: (home) => createLocalSandbox({ home, tools, force: { walls: false } }) });
