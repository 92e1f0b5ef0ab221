#!/usr/bin/env node
// Plain JavaScript: this file alone must run on whatever Node the person has. The CLI itself needs one that runs TypeScript.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('./cli/main.ts', import.meta.url));
const bundled = fileURLToPath(new URL(`../node_modules/node-${process.platform}-${process.arch}/bin/node`, import.meta.url));
const [major, minor] = process.versions.node.split('.').map(Number);
const runsTypeScript = major >= 24 || (major === 22 && minor >= 18);

if (runsTypeScript) {
  await import('./quick-start.mjs');
  await import(main);
} else if (existsSync(bundled)) {
  const quickStart = new URL('./quick-start.mjs', import.meta.url).href;
  const child = spawn(bundled, ['--import', quickStart, main, ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal sends Ctrl-C to both; the child decides what it means.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
} else {
  console.error(
    `Choir's command line needs Node 22.18 or newer; this is ${process.versions.node}. Run \`npm ci\` in the checkout or install a newer Node.`,
  );
  process.exit(1);
}
