import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

const everyTest = '**/*.test.{ts,tsx}';
const alone = ['tests/e2e/**', 'tests/faults/**'];

/** Suites that need the machine for themselves run after the rest, one file at a time. */
function suite(name: string, groupOrder: number) {
  return {
    extends: true as const,
    test: {
      name,
      include: [`tests/${name}/${everyTest}`],
      fileParallelism: false,
      testTimeout: 120_000,
      hookTimeout: 200_000,
      sequence: { groupOrder },
    },
  };
}

export default defineConfig({
  test: {
    globalSetup: ['tests/global-setup.ts'],
    pool: 'forks',
    execArgv: ['--import', './bin/quick-start.mjs'],
    // Most files wait for PostgreSQL, NATS or a sandbox, so one worker more than cores keeps the cores busy.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 30_000,
    // A loaded machine may take seconds for what a test waits for; the default is one.
    expect: { poll: { timeout: 10_000 } },
    hookTimeout: 60_000,
    env: { TZ: 'UTC', NEXT_TELEMETRY_DISABLED: '1' },
    projects: [
      {
        extends: true,
        test: {
          name: 'main',
          include: [everyTest],
          exclude: [...configDefaults.exclude, ...alone, '.next/**', 'tests/fixtures/**'],
          sequence: { groupOrder: 0 },
        },
      },
      suite('faults', 1),
      suite('e2e', 2),
    ],
  },
});
