import { rm } from 'node:fs/promises';
import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Person, requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { newId } from '#lib/core/new-id.ts';
import { type ProjectOrigin, projects } from '#lib/db/schema.ts';
import { createStore } from '#lib/git/store/create-store.ts';
import { fetchRemote, parseRemoteUrl } from '#lib/git/store/fetch-remote.ts';
import { mainBranch, setRefs } from '#lib/git/store/refs.ts';
import { commitFolder } from './commit-folder.ts';
import { type Project, toProject } from './get-project.ts';
import { ProjectName } from './project-name.ts';
import { isTemplate, writeTemplate } from './templates/write-template.ts';
import { unpackUpload } from './unpack-upload.ts';

/** `content` of an upload is a zip archive as it arrives. */
export type ProjectSource =
  | { template: string }
  | { gitUrl: string }
  | { upload: { fileName: string; content: AsyncIterable<Uint8Array> } };

/** `resolve` as in `fetchRemote`: which address a host may be reached at. */
export type CreateProjectOptions = { resolve?: (host: string) => Promise<string>; signal?: AbortSignal };

/**
 * Makes a project with its own store: blank, from a template, a public git address, or an uploaded zip. Throws `invalid`, `conflict` (the name is taken),
 * `too-large`, `unavailable` or `forbidden`; then nothing of it is left. The same request of a person again gives the project that it made.
 */
export async function createProject(
  context: Context,
  input: { name: string; from?: ProjectSource; requestId?: string },
  options: CreateProjectOptions = {},
): Promise<Project> {
  const person = requirePerson(context.actor);
  const name = parseName(input.name);
  const from = input.from ?? { template: 'blank' };
  const origin = originOf(from);
  const { requestId } = input;
  const before = await findMade(context, person, { name, requestId });
  if (before) return before;
  const id = newId('pr');
  const store = context.home.store(id);
  let made = false;
  try {
    await createStore(store);
    const headCommit = await fillStore(store, from, options);
    const [row] = await context.database.db
      .insert(projects)
      .values({ id, workspaceId: person.workspaceId, name, origin, headCommit, createdBy: person.userId, requestId })
      .onConflictDoNothing()
      .returning();
    const meanwhile = row ? null : await findMade(context, person, { name, requestId });
    if (meanwhile) return meanwhile;
    if (!row) throw nameTaken();
    made = true;
    return toProject(row);
  } finally {
    if (!made) await rm(store, { recursive: true, force: true });
  }
}

async function fillStore(store: string, from: ProjectSource, options: CreateProjectOptions): Promise<string> {
  if ('gitUrl' in from) return fetchRemote({ store, url: from.gitUrl, ...options });
  const commit = await commitFolder(store, async (folder) =>
    'template' in from ? writeTemplate(from.template, folder) : unpackUpload(from.upload.content, folder),
  );
  await setRefs({ store, refs: { [mainBranch]: commit } });
  return commit;
}

function parseName(name: string): string {
  const parsed = ProjectName.safeParse(name);
  if (!parsed.success) throw new DomainError('invalid', parsed.error.issues[0]?.message ?? 'Give the project a name.');
  return parsed.data;
}

function originOf(from: ProjectSource): ProjectOrigin {
  if ('gitUrl' in from) return { kind: 'git', url: parseRemoteUrl(from.gitUrl).href };
  if ('upload' in from) return { kind: 'upload', fileName: z.string().parse(from.upload.fileName).replaceAll(/\p{C}/gu, '').slice(0, 200) };
  if (!isTemplate(from.template)) throw new DomainError('invalid', 'There is no such template.');
  return { kind: 'template', template: from.template };
}

type Asked = { name: string; requestId: string | undefined };

/** The project of this name where this very request made it; null where the name is free. Throws `conflict` where it is another's. */
async function findMade({ database }: Context, { userId, workspaceId }: Person, { name, requestId }: Asked): Promise<Project | null> {
  const [taken] = await database.db
    .select()
    .from(projects)
    .where(and(eq(projects.workspaceId, workspaceId), eq(sql`lower(${projects.name})`, sql`lower(${name})`)));
  if (!taken) return null;
  if (requestId === undefined || taken.requestId !== requestId || taken.createdBy !== userId) throw nameTaken();
  return toProject(taken);
}

function nameTaken(): DomainError {
  return new DomainError('conflict', 'A project of this name exists already. Choose another name.');
}
