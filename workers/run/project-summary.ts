import { listFilesAt } from '#lib/git/objects/list-commit-files.ts';
import { readFileAt } from '#lib/git/objects/read-commit-file.ts';
import type { ProjectSummary } from '../agents/agent.ts';

const listedFiles = 2_000;
const readLimitBytes = 65_536;
const keptLists = 16;

/** Files of the commits asked for last: a commit never changes, and an agent is asked several times at each. */
const lists = new Map<string, ReturnType<typeof listFilesAt>>();

/** The project as a checkpoint has it, for an agent to plan from. Read lazily: a run that needs no file pays for none. */
export async function summarizeProject(store: string, name: string, commit: string): Promise<ProjectSummary> {
  const { files, total } = await listOnce(store, commit);
  return {
    name,
    fileCount: total,
    files,
    async readFile(path) {
      const file = await readFileAt({ store, commit, path, mostBytes: readLimitBytes });
      return file?.kind === 'file' ? file.bytes.toString('utf8') : null;
    },
  };
}

function listOnce(store: string, commit: string): ReturnType<typeof listFilesAt> {
  const key = `${store}\0${commit}`;
  const list = lists.get(key) ?? listFilesAt({ store, commit, limit: listedFiles });
  lists.delete(key);
  lists.set(key, list);
  list.catch(() => lists.delete(key));
  const oldest = lists.keys().next().value;
  if (lists.size > keptLists && oldest !== undefined) lists.delete(oldest);
  return list;
}
