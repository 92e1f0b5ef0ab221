import type { Command } from './command.ts';
import { agents } from './commands/agents.ts';
import { approve, modify, reject } from './commands/answers.ts';
import { apply } from './commands/apply.ts';
import { budget } from './commands/budget.ts';
import { cancel } from './commands/cancel.ts';
import { costs } from './commands/costs.ts';
import { diff } from './commands/diff.ts';
import { follow } from './commands/follow.ts';
import { link } from './commands/link.ts';
import { mcp } from './commands/mcp.ts';
import { plan } from './commands/plan.ts';
import { projects } from './commands/projects.ts';
import { revert } from './commands/revert.ts';
import { rules } from './commands/rules.ts';
import { run } from './commands/run.ts';
import { status } from './commands/status.ts';
import { telegram } from './commands/telegram.ts';
import { threads } from './commands/threads.ts';
import { token } from './commands/token.ts';

const groups: Record<string, Record<string, Command>> = {
  'Give goals': { run, plan, apply, follow, cancel },
  'See and answer': { status, threads, projects, approve, reject, modify },
  'Look and go back': { diff, revert },
  'Agents and money': { agents, mcp, budget, costs },
  'Rules and access': { rules, link, token, telegram },
};

export const commands: ReadonlyMap<string, Command> = new Map(Object.values(groups).flatMap((group) => Object.entries(group)));

export function describeCommands(): string {
  const width = Math.max(...[...commands.values()].map(({ usage }) => usage.length));
  const list = Object.entries(groups).map(([title, group]) => {
    const lines = Object.values(group).map(({ usage, about }) => `  ${usage.padEnd(width)}  ${about}`);
    return `${title}\n${lines.join('\n')}`;
  });
  return `Choir: hand goals to coding agents, answer what they ask, take any of it back.

  npx choir run "create hello.py that prints hello and run it"

${list.join('\n\n')}

Every command takes --help. The server is CHOIR_URL, else the one running from CHOIR_HOME (~/.choir), else http://127.0.0.1:3000;
the token is CHOIR_TOKEN, else the one that the server leaves in CHOIR_HOME/cli-token. NO_COLOR turns colours off.`;
}

export function describeCommand({ usage, about, details }: Command): string {
  return `npx choir ${usage}\n${about}${details ? `\n\n${details}` : ''}`;
}
