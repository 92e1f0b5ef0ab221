import type { Rule, RuleMatch } from '#lib/core/rule.ts';
import { withoutDependencies } from './dependency-matches.ts';

type Described = Pick<Rule, 'effect' | 'matches' | 'until'>;

/** What a rule means, in plain words; times as the clocks of the time zone (IANA name) show them. */
export function describeRule({ effect, matches, until }: Described, timeZone = 'UTC'): string {
  const rest = withoutDependencies(matches);
  const sentences = rest ? [`${dependencySentences[effect]}`] : [];
  for (const group of groupsOf(rest ?? matches)) sentences.push(describeGroup(effect, group));
  if (until) {
    const moment = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'full', timeStyle: 'short' }).format(new Date(until));
    sentences.push(`This holds until ${moment} (${timeZone}).`);
  }
  return sentences.map((sentence) => sentence.replace(/^[a-z]/, (letter) => letter.toUpperCase())).join(' ');
}

const dependencySentences: Record<Rule['effect'], string> = {
  deny: 'No package may be added: manifests and lock files (such as package.json, requirements.txt, Cargo.toml) may not change, and commands that install a package may not run.',
  ask: 'You are asked before a package is added: before a change to a manifest or lock file is kept, and before a command installs a package.',
  allow: 'Commands that install a package run without a question.',
};

type Group = [RuleMatch, ...RuleMatch[]];

/** Matches that one sentence can tell. */
function groupsOf(matches: RuleMatch[]): Group[] {
  const groups = new Map<string, Group>();
  for (const match of matches) {
    const kind = `${match.on} ${'act' in match ? match.act : ''} ${'except' in match ? JSON.stringify(match.except) : ''}`;
    const group = groups.get(kind);
    if (group) group.push(match);
    else groups.set(kind, [match]);
  }
  return [...groups.values()];
}

function describeGroup(effect: Rule['effect'], group: Group): string {
  const [first] = group;
  const ask = effect === 'ask';
  switch (first.on) {
    case 'path': {
      const verb = first.act === 'write' ? 'changed' : 'deleted';
      const globs = group.flatMap((match) => (match.on === 'path' ? [match.glob] : []));
      const what = globs.includes('**') ? 'anything' : list(globs.map(showGlob), 'or');
      const left = first.except?.length ? list(first.except.map(showGlob), 'and') : '';
      const but = left && (what === 'anything' ? ` outside ${left}` : `, except for ${left},`);
      if (ask) return `You are asked before ${what}${but} is ${verb}.`;
      return what === 'anything' ? `nothing${but} may be ${verb} in any way.` : `${what}${but} may not be ${verb} in any way.`;
    }
    case 'command': {
      const commands = list(
        group.flatMap((match) => (match.on === 'command' ? [`\`${match.words.join(' ')}\``] : [])),
        'or',
      );
      if (ask) return `You are asked before ${commands} runs.`;
      return effect === 'deny'
        ? `${commands} may not run.`
        : `${commands} runs without a question, also with names behind it; with any other option or address you are asked.`;
    }
    case 'host': {
      const hosts = group.flatMap((match) => (match.on === 'host' ? [match.host] : []));
      const what = hosts.includes('*') ? 'the network' : list(hosts, 'or');
      const but = first.except?.length ? ` other than ${list(first.except, 'and')}` : '';
      if (ask) return `You are asked before anything reaches ${what}${but}.`;
      return effect === 'deny'
        ? `Nothing may reach ${hosts.includes('*') && but ? `any host${but}` : what}.`
        : `Commands may reach ${what} without a question.`;
    }
    case 'tool': {
      const tools = list(
        group.flatMap((match) => (match.on === 'tool' ? [toolName(match)] : [])),
        'or',
      );
      if (ask) return `You are asked before ${tools} is used.`;
      if (effect === 'deny') return /^any\b/.test(tools) ? `${tools.replace(/^any/, 'no')} may be used.` : `${tools} may not be used.`;
      return `${tools} may be used without a question.`;
    }
    case 'cost': {
      const amount = first.aboveUsd < 0.01 ? 'anything' : `$${first.aboveUsd.toFixed(2).replace(/\.00$/, '')}`;
      return ask
        ? `Once a run has cost ${amount}, you are asked before each act of it.`
        : `Once a run has cost ${amount}, it may do nothing more.`;
    }
    case 'action':
      return 'This exact action runs without a question.';
  }
}

function toolName({ tool, server }: Extract<RuleMatch, { on: 'tool' }>): string {
  if (tool === 'run_command') return 'any command';
  if (tool === 'mcp') return 'any tool of an MCP server';
  if (server) return tool === '*' ? `any tool of ${server}` : `the tool ${tool} of ${server}`;
  return `the tool ${tool}`;
}

/** `tests/` stands for a folder or whatever has its name. */
function showGlob(glob: string): string {
  const anywhere = glob.startsWith('**/');
  const shown = glob.replace(/^\*\*\//, '').replaceAll(/\\(.)/g, '$1');
  const name = shown.replace(/\/\*\*$/, '');
  const isFile = name === shown || /\.\w+$|(?:^|\/)[A-Z][A-Za-z]*$/.test(name);
  return `\`${name}${isFile ? '' : '/'}\`${anywhere && !/[*?]/.test(name) ? ' (in any folder)' : ''}`;
}

function list(items: string[], joint: 'and' | 'or'): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${joint} ${items.at(-1)}`;
}
