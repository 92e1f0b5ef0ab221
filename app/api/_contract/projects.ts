import { z } from 'zod';
import { RequestId } from '#lib/core/request-id.ts';
import { ProjectName } from '#lib/projects/project-name.ts';
import { operation } from './operation.ts';

export const Project = z.object({
  id: z.string(),
  name: z.string(),
  origin: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('template'), template: z.string() }),
    z.object({ kind: z.literal('git'), url: z.string() }),
    z.object({ kind: z.literal('upload'), fileName: z.string() }),
  ]),
  headCommit: z.string(),
  networkAllowed: z.boolean().describe('commands may use the network without being asked first'),
  createdAt: z.iso.datetime(),
});

export const listProjectsOperation = operation({
  method: 'GET',
  path: '/api/projects',
  summary: 'Projects of the workspace',
  status: 200,
  reply: z.object({ projects: z.array(Project) }),
});

export const ProjectUpload = z.object({ name: ProjectName, file: z.file().describe('a zip archive of at most 64 MiB') });

export const createProjectOperation = operation({
  method: 'POST',
  path: '/api/projects',
  summary: 'Make a project: blank, from a template, from a public git address, or from a zip',
  description: 'A zip comes as a form, or as the body itself with its names in the query: that way it is never held in memory.',
  query: z.object({
    name: ProjectName.optional().describe('for a zip as the body'),
    fileName: z.string().max(200).optional().describe('for a zip as the body'),
    requestId: RequestId,
  }),
  body: z.object({
    name: ProjectName,
    from: z
      .union([z.strictObject({ template: z.string().min(1).max(100) }), z.strictObject({ gitUrl: z.string().min(1).max(2_000) })])
      .optional(),
  }),
  otherBodies: { 'multipart/form-data': ProjectUpload, 'application/zip': z.file() },
  status: 201,
  reply: Project,
});

export const deleteProjectOperation = operation({
  method: 'DELETE',
  path: '/api/projects/{projectId}',
  summary: 'Delete a project for good, with all its threads (owner only)',
  params: z.object({ projectId: z.string().max(200) }),
  status: 204,
});
