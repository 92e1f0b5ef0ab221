import { DomainError } from '#lib/core/domain-error.ts';
import type { ProjectSource } from '#lib/projects/create-project.ts';
import { ProjectUpload } from '../_contract/projects.ts';
import { readBytes } from './read-bytes.ts';

const formLimitBytes = 64 * 1024 * 1024;

type NewProject = { name: string; from: ProjectSource };

/** A project whose zip is the body itself: handed on as it arrives. */
export function readZipBody(request: Request, { name, fileName = 'upload.zip' }: { name?: string; fileName?: string }): NewProject {
  if (!name || !request.body) throw new DomainError('invalid', 'Send the zip as the body and the project name as ?name=.');
  return { name, from: { upload: { fileName, content: request.body } } };
}

/** A project sent as a form with `name` and `file`. Throws `invalid` or `too-large`. */
export async function readProjectForm(request: Request): Promise<NewProject> {
  const bytes = await readBytes(request.body, formLimitBytes);
  const headers = { 'content-type': request.headers.get('content-type') ?? '' };
  const form = await new Response(bytes, { headers }).formData().catch(() => {
    throw new DomainError('invalid', 'The form cannot be read.');
  });
  const parsed = ProjectUpload.safeParse({ name: form.get('name'), file: form.get('file') });
  if (!parsed.success) throw new DomainError('invalid', 'The form needs the fields name and file, a zip archive.');
  const { name, file } = parsed.data;
  return { name, from: { upload: { fileName: file.name, content: file.stream() } } };
}
