import { requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import { searchLinesAt } from '#lib/git/diff/search-commit.ts';
import { listFilesAt } from '#lib/git/objects/list-commit-files.ts';
import { matchText, type TextMatch } from './match-text.ts';

/** A file whose path or a line of which matches. `line` is null for a path. `threadId`: a thread that stands where the project stands, or null. */
export type FoundFile = {
  projectId: string;
  projectName: string;
  threadId: string | null;
  path: string;
  line: number | null;
  match: TextMatch;
};

type ProjectRow = { id: string; name: string; headCommit: string; threadId: string | null };

const searchedProjects = 8;
const searchedFiles = 200_000;
const patienceMs = 2_500;

/** Files of projects as they stand: those whose path holds all words, then lines that hold the text as it is written. */
export async function searchFiles(
  context: Context,
  { text, words, projectId, limit }: { text: string; words: readonly string[]; projectId?: string; limit: number },
): Promise<{ files: FoundFile[]; partial: boolean }> {
  const rows = await projectsToSearch(context, projectId);
  const patience = AbortSignal.timeout(patienceMs);
  const found = await Promise.all(
    rows.slice(0, searchedProjects).map((project) => searchProject(context, project, { text, words, limit, signal: patience })),
  );
  const files = found.flatMap((one) => one ?? []);
  const byPath = files.toSorted((left, right) => Number(left.line !== null) - Number(right.line !== null));
  return { files: byPath.slice(0, limit), partial: rows.length > searchedProjects || found.includes(null) };
}

/** null when its time was over. */
async function searchProject(
  context: Context,
  project: ProjectRow,
  { text, words, limit, signal }: { text: string; words: readonly string[]; limit: number; signal: AbortSignal },
): Promise<FoundFile[] | null> {
  const place = { store: context.home.store(project.id), commit: project.headCommit };
  const owner = { projectId: project.id, projectName: project.name, threadId: project.threadId };
  try {
    const [{ files }, lines] = await Promise.all([
      listFilesAt({ ...place, limit: searchedFiles }),
      searchLinesAt({ ...place, text, limit, signal }),
    ]);
    const paths = words.length === 0 ? [] : files.filter((path) => holdsAll(path.toLowerCase(), words)).slice(0, limit);
    return [
      ...paths.map((path) => ({ ...owner, path, line: null, match: matchText(path, words) })),
      ...lines.map(({ path, line, text: content }) => ({ ...owner, path, line, match: matchText(content, words) })),
    ];
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}

function holdsAll(path: string, words: readonly string[]): boolean {
  return words.every((word) => path.includes(word));
}

/** The projects that something happened in last, first. */
function projectsToSearch({ database: { sql }, actor }: Context, projectId: string | undefined): Promise<ProjectRow[]> {
  return sql<ProjectRow[]>`
    select projects.id, projects.name, projects.head_commit as "headCommit",
      (select checkpoints.thread_id from checkpoints join threads on threads.id = checkpoints.thread_id
        where threads.project_id = projects.id and checkpoints.commit = projects.head_commit order by checkpoints.at desc limit 1) as "threadId"
    from projects
    where projects.workspace_id = ${requirePerson(actor).workspaceId} ${projectId ? sql`and projects.id = ${projectId}` : sql``}
    order by (select max(threads.updated_at) from threads where threads.project_id = projects.id) desc nulls last, projects.created_at desc
    limit ${searchedProjects + 1}`;
}
