import { expect, test } from 'vitest';
import type { McpTransport } from '#lib/db/schema.ts';
import { serverHosts } from './server-hosts.ts';

const program: McpTransport = { kind: 'stdio', command: 'node', args: [], env: {}, hosts: ['api.example.com', '*.example.org'] };
const address: McpTransport = { kind: 'http', url: 'https://mcp.example.com:8443/mcp', headers: {} };

test.each([
  ['all of its own where any may be reached', program, ['*'], ['api.example.com', '*.example.org']],
  ['no more than the rules leave', program, ['api.example.com', 'other.com'], ['api.example.com']],
  [
    'none that a rule bars, nor a name under one',
    program,
    ['*', '!api.example.com', '!a.example.org'],
    ['*.example.org', '!api.example.com', '!a.example.org'],
  ],
  ['its own address', address, ['*'], ['mcp.example.com']],
  ['nothing where its address is barred', address, ['*', '!*.example.com'], []],
])('a server reaches %s', (_, transport, hosts, left) => {
  expect(serverHosts({ transport }, { mode: 'allow', hosts })).toEqual(left);
});

test('a server reaches nothing without network, and one without hosts never', () => {
  expect(serverHosts({ transport: program }, { mode: 'deny' })).toEqual([]);
  expect(serverHosts({ transport: { ...program, hosts: [] } }, { mode: 'allow', hosts: ['*'] })).toEqual([]);
  expect(serverHosts({ transport: { kind: 'ready', entry: 'git' } }, { mode: 'allow', hosts: ['*'] })).toEqual([]);
});
