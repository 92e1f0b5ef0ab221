import { listFilesAt } from '#lib/git/list-commit-files.ts';
import { readFileAt } from '#lib/git/read-commit-file.ts';
import type { ProjectSummary } from '../agents/agent.ts';

const listedFiles = 2_000;
const readLimitBytes = 65_536;

/** The project as a checkpoint has it, for an agent to plan from. Read lazily: a run that needs no file pays for none. */
export async function summarizeProject(store: string, name: string, commit: string): Promise<ProjectSummary> {
  const { files, total } = await listFilesAt({ store, commit, limit: listedFiles });
  return {
    name,
    fileCount: total,
    files,
    async readFile(path) {
      const file = await readFileAt({ store, commit, path });
      return file && file.kind === 'file' && file.bytes.length <= readLimitBytes ? Buffer.from(file.bytes).toString('utf8') : null;
    },
  };
}
