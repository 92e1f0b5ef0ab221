import { createProject } from '#lib/projects/create-project.ts';
import { listProjects } from '#lib/projects/list-projects.ts';
import { createProjectOperation, listProjectsOperation } from '../_contract/projects.ts';
import { handle } from '../_server/handle.ts';
import { readProjectForm, readZipBody } from '../_server/read-project.ts';

export const GET = handle(listProjectsOperation, async (context) => ({ projects: await listProjects(context) }));

export const POST = handle(createProjectOperation, async (context, input, request) => {
  const { requestId } = input;
  const make = (project: Parameters<typeof createProject>[1]) =>
    createProject(context, { ...project, requestId }, { signal: request.signal });
  const type = request.headers.get('content-type') ?? '';
  if (type.startsWith('multipart/form-data')) return make(await readProjectForm(request));
  if (type.startsWith('application/zip')) return make(readZipBody(request, input));
  return make(input);
});
