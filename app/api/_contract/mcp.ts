import { z } from 'zod';
import { AddMcpServer } from '#lib/mcp/add-mcp-server.ts';
import { FinishMcpSignIn } from '#lib/mcp/finish-mcp-sign-in.ts';
import { ListedMcpServer } from '#lib/mcp/mcp-server.ts';
import { StartMcpSignIn } from '#lib/mcp/start-mcp-sign-in.ts';
import { Skill } from '#lib/skills/skill.ts';
import { operation } from './operation.ts';

const params = z.object({ projectId: z.string().describe('or its name') });
const serverParams = params.extend({ name: z.string() });

export const ReadyServer = z.object({
  id: z.string(),
  name: z.string(),
  about: z.string(),
  cannot: z.string().describe('what it leaves to other tools'),
});

export const listMcpServersOperation = operation({
  method: 'GET',
  path: '/api/projects/{projectId}/mcp-servers',
  summary: 'MCP servers of a project, and those that come with Choir',
  description: 'Values of headers and variables are never shown.',
  params,
  status: 200,
  reply: z.object({ servers: z.array(ListedMcpServer), ready: z.array(ReadyServer) }),
});

export const addMcpServerOperation = operation({
  method: 'POST',
  path: '/api/projects/{projectId}/mcp-servers',
  summary: "Give a project's agents an MCP server",
  description:
    'From the next run on. A command runs in the sandbox, without network unless hosts are named; an address is called from outside of it. Every call of a tool is asked for unless a rule allows it. Owner only.',
  params,
  body: AddMcpServer.omit({ projectId: true }),
  status: 201,
  reply: ListedMcpServer,
});

export const removeMcpServerOperation = operation({
  method: 'DELETE',
  path: '/api/projects/{projectId}/mcp-servers/{name}',
  summary: 'Take an MCP server away',
  description: 'At once, for calls that wait for an answer too. Owner only.',
  params: serverParams,
  status: 204,
});

export const startMcpSignInOperation = operation({
  method: 'POST',
  path: '/api/projects/{projectId}/mcp-servers/{name}/sign-in',
  summary: 'Where to sign in to an MCP server',
  description:
    'OAuth: the address of a page outside, to be opened within a quarter of an hour in a browser that is signed in to Choir. Owner only.',
  params: serverParams,
  body: StartMcpSignIn,
  status: 200,
  reply: z.object({ url: z.string(), host: z.string().describe('whose page it is') }),
});

export const endMcpSignInOperation = operation({
  method: 'DELETE',
  path: '/api/projects/{projectId}/mcp-servers/{name}/sign-in',
  summary: 'Forget the sign-in to an MCP server',
  description: 'The service is asked to forget it too. Owner only.',
  params: serverParams,
  status: 204,
});

export const finishMcpSignInOperation = operation({
  method: 'GET',
  path: '/api/mcp-sign-in',
  summary: 'Where an authorization server sends a person back to',
  description: 'Leads on to the project. Each state counts once, for the person who set out with it.',
  query: FinishMcpSignIn,
  status: 200,
  otherReplies: { 'text/plain': 'what to do where this browser is not signed in to Choir' },
});

export const listSkillsOperation = operation({
  method: 'GET',
  path: '/api/projects/{projectId}/skills',
  summary: 'Skills that agents can read in a project: its own, and those of CHOIR_HOME/skills',
  params,
  status: 200,
  reply: z.object({ skills: z.array(Skill) }),
});
