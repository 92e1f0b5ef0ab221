import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { ChoirHome } from '#lib/home.ts';

const cache = join(process.cwd(), 'node_modules', '.cache', 'choir-agents');

/** Lets a test's home share the installed agents with every other test and every run after it: they are hundreds of megabytes. */
export function shareInstalledAgents(home: ChoirHome): void {
  mkdirSync(cache, { recursive: true });
  symlinkSync(cache, home.agents);
}
