import { describeSandboxContract } from '#tests/contracts/sandbox.ts';
import { createLocalSandbox } from './create-local-sandbox.ts';
import { findSandboxTools } from './find-tools.ts';

describeSandboxContract({
  name: 'overlay behind bubblewrap',
  create: (home) => createLocalSandbox({ home, tools: findSandboxTools('/nowhere') }),
});
describeSandboxContract({
  name: 'copy behind bubblewrap',
  create: (home) => createLocalSandbox({ home, tools: findSandboxTools('/nowhere'), force: { overlays: false } }),
});
describeSandboxContract({
  name: 'copy without isolation',
  create: (home) => createLocalSandbox({ home, tools: findSandboxTools('/nowhere'), force: { walls: false } }),
});
