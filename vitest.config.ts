import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/longest-first.ts';

const everyTest = '**/*.test.{ts,tsx}';
const installations = ['tests/e2e/**', 'tests/faults/**'];

/** Each file starts Choir whole, as a person does. */
function suite(name: string) {
  return {
    extends: true as const,
    test: { name, include: [`tests/${name}/${everyTest}`], testTimeout: 240_000, hookTimeout: 240_000 },
  };
}

export default defineConfig({
  test: {
    globalSetup: ['tests/global-setup.ts'],
    pool: 'forks',
    // Files of one worker share what they import: loading it anew for each took a sixth of the time. What modules keep are caches by key, and what a page has.
    isolate: false,
    execArgv: ['--import', './bin/quick-start.mjs'],
    // Most files wait for PostgreSQL, NATS, a sandbox or a browser: with two workers more than cores the cores stay busy.
    maxWorkers: availableParallelism() + 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    // A loaded machine may take seconds for what a test waits for; the default is one.
    expect: { poll: { timeout: 30_000 } },
    hookTimeout: 60_000,
    env: { TZ: 'UTC', NEXT_TELEMETRY_DISABLED: '1' },
    projects: [
      {
        extends: true,
        test: {
          name: 'main',
          include: [everyTest],
          exclude: [...configDefaults.exclude, ...installations, '.next/**', 'tests/fixtures/**'],
        },
      },
      suite('faults'),
      suite('e2e'),
    ],
  },
});
