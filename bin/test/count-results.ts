import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
});

export type Results = { passed: number; failed: number; skipped: string[] };

/** Counts vitest's JSON report. A file that failed before its first test counts as one failure. */
export async function countResults(path: string): Promise<Results> {
  const { testResults } = Report.parse(JSON.parse(await readFile(path, 'utf8')));
  const tests = testResults.flatMap((file) => file.assertionResults);
  const brokenFiles = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const count = (status: string) => tests.filter((test) => test.status === status).length;
  const skipped = tests.filter((test) => test.status !== 'passed' && test.status !== 'failed').map((test) => test.fullName);
  return { passed: count('passed'), failed: count('failed') + brokenFiles.length, skipped };
}

/** The last line of every test run. */
export function summaryLine({ passed, failed, skipped }: Results): string {
  return `${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`;
}
