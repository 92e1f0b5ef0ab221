import type { Verdict } from '#lib/core/verdict.ts';
import { denyRules } from './denied-commands.ts';
import { findNetworkProgram } from './network-commands.ts';
import { readGit } from './shell/git-command.ts';
import { readScript, type ScriptView } from './shell/read-script.ts';

/**
 * What a bash command may do, from all that can be seen of it without running it. `ask` with reach `tree`: it runs in its overlay
 * without network and its effect is asked for, whatever that is. `ask` with reach `outside`: asked for before it runs.
 */
export function judgeCommand(command: string, projectNetworkAllowed: boolean): Verdict {
  return judgeScript(readScript(command), projectNetworkAllowed);
}

/** The same of a command that is read already. */
export function judgeScript(view: ScriptView, projectNetworkAllowed: boolean): Verdict {
  const denied = denyRules.find((rule) => rule.denies(view));
  if (denied) return { decision: 'deny', reach: 'outside', rule: denied.id, reason: denied.reason };

  const program = findNetworkProgram(view);
  const hidden = whyUnseen(view);
  if (program && projectNetworkAllowed && !hidden)
    return { decision: 'allow', reach: 'outside', rule: 'network.allowed', reason: 'This project may use the network.' };
  if (program) {
    const reason = `It uses the network (${program}), which a revert cannot take back.`;
    return { decision: 'ask', reach: 'outside', rule: 'network.ask', reason };
  }
  if (hidden)
    return { decision: 'ask', reach: 'tree', rule: 'command.unseen', reason: `Not all of it can be judged beforehand: ${hidden}.` };
  return {
    decision: 'allow',
    reach: 'tree',
    rule: 'command.overlay',
    reason: 'It runs apart, without network; what it changed is judged afterwards.',
  };
}

function whyUnseen(view: ScriptView): string | undefined {
  if (view.opaque[0]) return view.opaque[0];
  const deletesUnknown = view.commands.some(
    ({ name, args }) => (name === 'rm' || name === 'shred') && args.some((word) => !word.known && !/^[\w./-]+\*[\w./-]*$/.test(word.text)),
  );
  if (deletesUnknown) return 'what it deletes is only known when it runs';
  const movesAway = view.commands.some(({ name, args }) => name === 'dd' && args.some((word) => !word.known));
  if (movesAway) return 'where it writes is only known when it runs';
  const gitUnknown = view.commands.some(
    (command) => command.name === 'git' && (readGit(command).configured || command.args.some((word) => !word.known)),
  );
  return gitUnknown ? 'what git is asked to do is only known when it runs' : undefined;
}
