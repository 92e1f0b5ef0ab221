import type { AddedRules } from '#lib/rules/add-rules.ts';
import type { ListedRule } from '#lib/rules/list-rules.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import type { Command, Session } from '../command.ts';
import { onlyWord, parseOptions } from '../parse-options.ts';
import { cleanLine } from '../render/clean-text.ts';
import { describeTime } from '../render/describe-time.ts';

const usage = 'rules [add "..." | revoke ID] [options]';
const options = {
  project: { type: 'string' },
  thread: { type: 'string' },
  run: { type: 'string' },
  yes: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;
type Values = ReturnType<typeof parseOptions<typeof options>>['values'];

export const rules: Command = {
  usage,
  about: 'what holds here, in plain words; set and revoke it',
  details: `list              rules that hold now; --project P or --thread T for those of it and all above it
add "..."         make rules of a constraint, shown first; everywhere, or --project P, --thread T, --run R; --yes sets them unasked
revoke ID         end a rule

  npx choir rules add "no new dependencies and never touch migrations/ until Friday" --project shop
  npx choir rules add "ask before deleting, only talk to api.example.com"`,
  async run(session, args) {
    const { values, positionals } = parseOptions(args, options);
    const [verb = 'list', ...words] = positionals;
    if (verb === 'list' && words.length === 0) return list(session, values);
    if (verb === 'add') return add(session, values, words.join(' '));
    if (verb !== 'revoke') throw new CliError(`Usage: npx choir ${usage}`);
    await session.client.send(`/api/rules/${encodeURIComponent(onlyWord(words, 'rules revoke ID'))}`, undefined, 'DELETE');
    session.terminal.print('Revoked.');
    return exitCodes.completed;
  },
};

async function list({ client, terminal }: Session, { project, thread, json }: Values): Promise<number> {
  const query = new URLSearchParams({ ...(project ? { projectId: project } : {}), ...(thread ? { threadId: thread } : {}) });
  const found = await client.get<{ rules: ListedRule[] }>(`/api/rules?${query}`);
  if (json) terminal.print(JSON.stringify(found.rules));
  else if (found.rules.length === 0) terminal.print('No rule holds. Set one: npx choir rules add "no new dependencies"');
  else for (const rule of found.rules) printRule(terminal, rule);
  return exitCodes.completed;
}

function printRule({ print, style }: Session['terminal'], rule: ListedRule): void {
  const mark = { deny: style.red('✗'), ask: style.yellow('?'), allow: style.green('✓') }[rule.effect];
  const end = rule.until ? `, until ${describeTime(rule.until)}` : '';
  const spoken = rule.spoken > 0 ? ` · applied ${rule.spoken === 1 ? 'once' : `${rule.spoken} times`}` : '';
  const name = cleanLine(rule.byName);
  const said = rule.source === 'remembered' ? `${name} answered so` : `${name} said “${cleanLine(rule.text)}”`;
  print(`${mark} ${cleanLine(rule.sentence)}`);
  print(style.dim(`  ${cleanLine(rule.where)}${end} · ${said}${spoken} · ${rule.ruleId}`));
}

async function add({ client, terminal }: Session, values: Values, text: string): Promise<number> {
  if (!text.trim()) throw new CliError('Say what should hold: npx choir rules add "no new dependencies"');
  const named = (['project', 'thread', 'run'] as const).filter((scope) => values[scope] !== undefined);
  const [scope = 'workspace'] = named;
  if (named.length > 1) throw new CliError('A rule holds in one place: name a project, a thread or a run.');
  const body = {
    text,
    scope,
    scopeId: scope === 'workspace' ? undefined : values[scope],
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
  const proposed = await client.send<AddedRules>('/api/rules', { ...body, dryRun: true });
  for (const rule of values.json ? [] : proposed.rules) terminal.print(cleanLine(rule.sentence));
  if (proposed.notUnderstood.length > 0 || proposed.rules.length === 0)
    throw new CliError(`Not understood: ${cleanLine(proposed.notUnderstood.join('; ') || text)}. Nothing was set.`);
  if (!values.yes) {
    if (!terminal.interactive) throw new CliError('Nothing was set. Add --yes to set it without being asked.');
    if (!/^y(es)?$/i.test(await terminal.ask('Let this hold? [y/N] > '))) return exitCodes.completed;
  }
  const added = await client.send<AddedRules>('/api/rules', body);
  const [only, ...others] = added.rules;
  const hold = others.length > 0 ? 'They hold. npx choir rules lists them.' : `It holds. Revoke it: npx choir rules revoke ${only?.ruleId}`;
  terminal.print(values.json ? JSON.stringify(added.rules) : hold);
  return exitCodes.completed;
}
