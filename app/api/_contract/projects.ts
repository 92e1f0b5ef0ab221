import { z } from 'zod';
import { operation } from './operation.ts';

export const Project = z.object({
  id: z.string(),
  name: z.string(),
  origin: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('template'), template: z.string() }),
    z.object({ kind: z.literal('git'), url: z.string() }),
    z.object({ kind: z.literal('upload'), fileName: z.string() }),
  ]),
  createdAt: z.iso.datetime(),
});

const ProjectName = z.string().trim().min(1).max(100);

export const listProjectsOperation = operation({
  method: 'GET',
  path: '/api/projects',
  summary: 'Projects of the workspace',
  status: 200,
  reply: z.object({ projects: z.array(Project) }),
});

export const ProjectUpload = z.object({ name: ProjectName, file: z.file().describe('a zip archive') });

export const createProjectOperation = operation({
  method: 'POST',
  path: '/api/projects',
  summary: 'Make a project: empty, from a template, from a git address, or from an uploaded zip',
  body: z.object({
    name: ProjectName,
    from: z
      .union([z.strictObject({ template: z.string().min(1).max(100) }), z.strictObject({ gitUrl: z.string().min(1).max(2_000) })])
      .optional(),
  }),
  otherBodies: { 'multipart/form-data': ProjectUpload },
  status: 201,
  reply: Project,
});
