import { describe, expect, it } from 'vitest';
import type { ToolCall } from '#lib/core/tool.ts';
import { addMcpServer } from '#lib/mcp/add-mcp-server.ts';
import { readyServers } from '#lib/mcp/ready-servers.ts';
import { addRules } from '#lib/rules/add-rules.ts';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { projectWithServers } from '#tests/mcp/project-with-servers.ts';
import { testWorker } from '#tests/test-worker.ts';

const bench = await testWorker();
const { context } = bench;
const projectId = await projectWithServers(context, {
  'package.json': JSON.stringify({ scripts: { test: 'node --test' }, dependencies: { left: '^1.0.0' } }),
  'package-lock.json': JSON.stringify({
    packages: {
      '': { version: '1.0.0', dependencies: { left: '^1.0.0' } },
      'node_modules/left': { version: '1.2.0', dependencies: { pad: '^2.0.0' } },
      'node_modules/pad': { version: '1.0.0' },
      'node_modules/left/node_modules/pad': { version: '2.1.0' },
    },
  }),
  'requirements.txt': 'flask==3.0.0\n',
  'web/Dockerfile': 'FROM node:24 AS build\nRUN npm ci && \\\n  FROM_HERE\nEXPOSE 3000\n',
  'compose.yaml': 'services:\n  web: {build: web}\n',
});
for (const { id } of readyServers) await addMcpServer(context, { projectId, name: id, from: { kind: 'ready', entry: id } });
await addRules(context, {
  text: readyServers.map(({ id }) => `you may use the tools of ${id}`).join(', '),
  scope: 'project',
  scopeId: projectId,
});

async function outputs(...calls: [server: string, name: string, input?: Record<string, string>][]) {
  const wanted = calls.map(([server, name, input = {}]): ToolCall => ({ tool: 'mcp_call', args: { server, name, input } }));
  const thread = await bench.open(stepAgent(wanted), { projectId });
  await thread.work();
  const { run } = await thread.state();
  return run?.calls.map(({ result }) => `${result?.status}: ${result?.stdout}`) ?? [];
}

describe('a server that comes with Choir', () => {
  it('reads the lock file of npm', async () => {
    expect(await outputs(['npm', 'scripts'], ['npm', 'list'], ['npm', 'why', { name: 'pad' }], ['npm', 'duplicates'])).toEqual([
      'succeeded: test: node --test',
      'succeeded: left ^1.0.0 -> 1.2.0 (dependencies)',
      'succeeded: pad@1.0.0 at node_modules/pad\npad@2.1.0 at node_modules/left/node_modules/pad\nasked for by left@1.2.0: ^2.0.0',
      'succeeded: pad: 1.0.0, 2.1.0',
    ]);
  });

  it('reads what Python and Docker are told', async () => {
    expect(await outputs(['pip', 'requirements'], ['docker', 'images'], ['docker', 'services'])).toEqual([
      'succeeded: # requirements.txt\nflask==3.0.0',
      'succeeded: # web/Dockerfile\nFROM node:24 AS build\nEXPOSE 3000',
      'succeeded: # compose.yaml\nservices:\n  web: {build: web}',
    ]);
  });

  it('reads the history of the project, and takes no options for revisions', async () => {
    const [log, blame, refused, diff] = await outputs(
      ['git', 'log', { path: 'requirements.txt' }],
      ['git', 'blame', { path: 'requirements.txt' }],
      ['git', 'show', { revision: '--output=/workspace/x' }],
      ['git', 'diff', { from: 'HEAD', to: 'HEAD' }],
    );
    expect(log).toMatch(/^succeeded: [0-9a-f]{7,} {2}\d{4}-/);
    expect(blame).toContain('flask==3.0.0');
    expect(refused).toMatch(/^failed: .* is no revision\.$/);
    expect(diff).toBe('succeeded: Nothing.');
  });
});
