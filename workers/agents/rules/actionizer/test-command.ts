import { z } from 'zod';
import type { ProjectSummary } from '../../agent.ts';

const Package = z.object({ scripts: z.record(z.string(), z.string()).default({}) });

/** The command that runs the tests of what lies in `cwd`, from the files that are there; null when there are none to be seen. */
export async function testCommand(project: ProjectSummary, cwd: string): Promise<string | null> {
  const prefix = cwd === '.' ? '' : `${cwd}/`;
  const files = project.files.filter((file) => file.startsWith(prefix)).map((file) => file.slice(prefix.length));
  const has = (fits: (file: string) => boolean) => files.some(fits);
  if (has((file) => file === 'package.json')) {
    const script = await readTestScript(project, `${prefix}package.json`);
    if (script && !script.includes('no test specified')) return 'npm test';
  }
  if (has((file) => file === 'Cargo.toml')) return 'cargo test';
  if (has((file) => file === 'go.mod')) return 'go test ./...';
  if (has((file) => /^(pytest\.ini|conftest\.py|tox\.ini)$/.test(file))) return 'python3 -m pytest';
  const pythonTests = files.filter((file) => /(^|\/)(test_[^/]*|[^/]*_test)\.py$/.test(file));
  if (pythonTests.length > 0) {
    const sources = await Promise.all(pythonTests.slice(0, 20).map((file) => project.readFile(prefix + file)));
    return sources.every((source) => source?.includes('unittest')) ? 'python3 -m unittest discover' : 'python3 -m pytest';
  }
  if (has((file) => /[.-]test\.[cm]?[jt]s$|(^|\/)test\/.*\.[cm]?js$/.test(file))) return 'node --test';
  const makefile = files.find((file) => /^makefile$/i.test(file));
  if (makefile && /^test\s*:/m.test((await project.readFile(prefix + makefile)) ?? '')) return 'make test';
  return null;
}

async function readTestScript(project: ProjectSummary, path: string): Promise<string | undefined> {
  try {
    return Package.parse(JSON.parse((await project.readFile(path)) ?? '{}')).scripts.test;
  } catch {
    return undefined;
  }
}
