import type { ListedMcpServer, McpServerSource } from '#lib/mcp/mcp-server.ts';
import type { ReadyServer } from '#lib/mcp/ready-servers.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import type { Client } from '../client.ts';
import type { Command, Session } from '../command.ts';
import { onlyWord, parseOptions } from '../parse-options.ts';
import { cleanLine } from '../render/clean-text.ts';
import { describeTime } from '../render/describe-time.ts';

const usage = 'mcp [add | sign-in | sign-out | remove] [options]';
const options = {
  project: { type: 'string' },
  ready: { type: 'boolean', default: false },
  url: { type: 'string' },
  header: { type: 'string', multiple: true },
  env: { type: 'string', multiple: true },
  host: { type: 'string', multiple: true },
  'client-id': { type: 'string' },
  'client-secret': { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;
const signInWords = { needed: 'sign-in needed', lapsed: 'its sign-in has lapsed' };
type Values = ReturnType<typeof parseOptions<typeof options>>['values'];
type Listed = { servers: ListedMcpServer[]; ready: ReadyServer[] };

export const mcp: Command = {
  usage,
  about: "the MCP servers of a project, and its agents' tools from them",
  details: `list                       the servers, their tools, and those that come with Choir
add NAME -- COMMAND ARGS   a program of the sandbox or the project; --env NAME=VALUE, --host H for each host it may reach
add NAME --url URL         a server outside; --header "Name: value" is sent along and never shown again
add NAME --ready           one that comes with Choir: npm, pip, git, docker
sign-in NAME               where to sign in to a server outside that wants it; sign-out NAME forgets that. Where Choir cannot register
                           itself, do it by hand: --client-id ID, and --client-secret S if there is one
remove NAME                take it away, at once

  npx choir mcp add notes --project shop -- node tools/notes.mjs
  npx choir mcp add docs --project shop --url https://mcp.example.com/mcp --header "Authorization: Bearer ..."
  npx choir mcp add git --project shop --ready`,
  async run(session, args) {
    const { values, positionals } = parseOptions(args, options);
    const [verb = 'list', ...words] = positionals;
    const path = `/api/projects/${encodeURIComponent(await projectOf(session.client, values.project))}/mcp-servers`;
    if (verb === 'list' && words.length === 0) return list(session, path, values);
    if (verb === 'add') return add(session, path, values, words);
    if (!['remove', 'sign-in', 'sign-out'].includes(verb)) throw new CliError(`Usage: npx choir ${usage}`);
    const server = `${path}/${encodeURIComponent(onlyWord(words, `mcp ${verb} NAME`))}`;
    if (verb === 'sign-in') return signIn(session, server, values);
    await session.client.send(verb === 'remove' ? server : `${server}/sign-in`, undefined, 'DELETE');
    session.terminal.print(verb === 'remove' ? 'Removed.' : 'Signed out.');
    return exitCodes.completed;
  },
};

async function signIn({ client, terminal }: Session, server: string, values: Values): Promise<number> {
  const { 'client-id': id, 'client-secret': secret, json } = values;
  const page = await client.send<{ url: string; host: string }>(`${server}/sign-in`, id ? { client: { id, secret } } : {});
  if (json) terminal.print(JSON.stringify(page));
  else
    terminal.print(
      `Sign in at ${cleanLine(page.host)}, within a quarter of an hour, in a browser that is signed in to Choir:\n${cleanLine(page.url)}`,
    );
  return exitCodes.completed;
}

/** The one there is, when none is named. */
async function projectOf(client: Client, named?: string): Promise<string> {
  if (named) return named;
  const { projects } = await client.get<{ projects: { id: string }[] }>('/api/projects');
  const [only, ...others] = projects;
  if (!only || others.length > 0) throw new CliError('Say which project: --project P. `npx choir projects` lists them.');
  return only.id;
}

/** As it can be pasted into a shell. */
function mcpCommand(verb: string, name: string, project: string | undefined): string {
  const named = project === undefined ? '' : ` --project ${/^[\w.-]+$/.test(project) ? project : `'${project.replaceAll("'", "'\\''")}'`}`;
  return `npx choir mcp ${verb} ${name}${named}`;
}

async function list({ client, terminal: { print, style } }: Session, path: string, { json, project }: Values): Promise<number> {
  const listed = await client.get<Listed>(path);
  if (json) print(JSON.stringify(listed));
  else {
    if (listed.servers.length === 0) print('No MCP server is set up in this project.');
    for (const { name, about, reach, tools, problem, checkedAt, secrets, signIn: signedIn } of listed.servers) {
      const place = reach.length > 0 ? `reaches ${reach.join(', ')}` : 'no network';
      print(`${name.padEnd(12)} ${cleanLine(about)}  ${style.dim([place, ...secrets.map((secret) => `${secret}=…`)].join(' · '))}`);
      if (signedIn === 'needed' || signedIn === 'lapsed')
        print(`             ${style.red(`${signInWords[signedIn]}: ${mcpCommand('sign-in', name, project)}`)}`);
      else if (problem !== null)
        print(`             ${style.yellow(`could not be used when last asked, ${describeTime(checkedAt ?? '')}: ${cleanLine(problem)}`)}`);
      else
        print(style.dim(`             ${tools ? cleanLine(tools.join(', ')) || 'no tools' : 'its tools are asked for when a run begins'}`));
    }
    print(style.dim('\nCome with Choir (add NAME --ready):'));
    for (const { id, about } of listed.ready) print(style.dim(`${id.padEnd(12)} ${about}`));
  }
  return exitCodes.completed;
}

async function add({ client, terminal }: Session, path: string, values: Values, [name, ...command]: string[]): Promise<number> {
  if (!name) throw new CliError('Name the server: npx choir mcp add NAME -- COMMAND');
  const added = await client.send<ListedMcpServer>(path, { name, from: sourceOf(name, values, command) });
  if (values.json) terminal.print(JSON.stringify(added));
  else if (added.signIn === 'needed') terminal.print(`Added. Sign-in needed: ${mcpCommand('sign-in', name, values.project)}`);
  else terminal.print(`Agents have it from their next run on. Take it away: ${mcpCommand('remove', name, values.project)}`);
  return exitCodes.completed;
}

function sourceOf(name: string, { url, ready, header = [], env = [], host = [] }: Values, [command, ...args]: string[]): McpServerSource {
  if ([url !== undefined, ready, command !== undefined].filter(Boolean).length !== 1)
    throw new CliError('A server is a command (-- COMMAND), an address (--url URL) or one that comes with Choir (--ready).');
  if (ready) return { kind: 'ready', entry: name as 'npm' };
  if (url !== undefined) return { kind: 'http', url, headers: pairs(header, ':', '--header "Name: value"') };
  return { kind: 'stdio', command: command ?? '', args, env: pairs(env, '=', '--env NAME=VALUE'), hosts: host };
}

function pairs(words: string[], between: string, example: string): Record<string, string> {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf(between);
      if (at < 1) throw new CliError(`Not understood: write ${example}.`);
      return [word.slice(0, at).trim(), word.slice(at + 1).trim()];
    }),
  );
}
