import type { Draft, Rule } from '../reasoner/clause.ts';
import { contentOf, literalOf } from '../reasoner/literals.ts';
import { looksLikePath, pathGroup, pattern, toPath } from '../reasoner/names.ts';

const diff = pattern(
  `^(?:(?:show(?:\\s+me)?|give me|print|see|view|display|run|get|do)\\s+)?(?:me\\s+)?(?:the\\s+|a\\s+|my\\s+)?(?:current\\s+|latest\\s+)?(?:git\\s+)?(?:diff|changes|what(?:'s| has|s)?\\s+(?:been\\s+)?changed|what(?:'s| is)\\s+(?:new|different)|what\\s+(?:did|have)\\s+(?:you|i|we|it)\\s+changed?)(?:\\s+(?:so far|in the project|in this thread|now|made|we made|you made|have been made|in git))*(?:\\s+(?:since|from|against|compared to|after)\\s+(?:the\\s+)?(?:checkpoint\\s+)?#?${pathGroup})?(?:\\s+(?:in|of|for|to)\\s+(?:the\\s+)?(?:file\\s+)?${pathGroup})?$`,
);
const log =
  /^(?:(?:show(?:\s+me)?|give me|print|see|view|display|list|run|get)\s+)?(?:me\s+)?(?:the\s+)?(?:last\s+(\d{1,3})\s+|latest\s+|recent\s+)?(?:git\s+)?(?:logs?|history|commits?|commit (?:log|history))(?:\s+(?:of the (?:project|repo(?:sitory)?)|so far))?$/i;

export const gitDiff: Rule = {
  id: 'git-diff',
  examples: ['show me the diff', 'what changed?', 'git diff', 'what changed since before-refactor'],
  match(clause, memory) {
    const match = diff.exec(clause.text);
    if (!match) return null;
    const from = toPath(match[1], clause, memory);
    const path = match[2] && looksLikePath(match[2], clause, memory) ? toPath(match[2], clause, memory) : undefined;
    if (match[2] && !path) return null;
    return [
      {
        title: 'Show what changed',
        kind: 'inspect',
        task: { do: 'calls', calls: [{ tool: 'git_diff', args: { from, path } }], show: true },
        confidence: 0.9,
      },
    ];
  },
};

export const gitLog: Rule = {
  id: 'git-log',
  examples: ['git log', 'show the last 5 commits', 'show me the history'],
  match({ text }) {
    const match = log.exec(text);
    if (!match) return null;
    const limit = Math.min(200, Math.max(1, Number(match[1] ?? 20)));
    return [
      {
        title: 'Show the latest commits',
        kind: 'inspect',
        task: { do: 'calls', calls: [{ tool: 'git_log', args: { limit } }], show: true },
        confidence: 0.9,
      },
    ];
  },
};

const checkpoint = pattern(
  '^(?:(?:create|make|save|take|set|add|record|mark|name|do)\\s+(?:me\\s+)?(?:a\\s+|an\\s+|the\\s+|this\\s+|current\\s+|new\\s+|named\\s+)*(?:state\\s+as\\s+)?(?:a\\s+)?)?(?:check\\s?point|snapshot|save\\s?point|savepoint)(?:\\s+(?:here|now|of this|this))*(?:\\s*(?:called|named|as|with the name|labell?ed|:|=)?\\s*(.+))?$',
);

export const nameCheckpoint: Rule = {
  id: 'checkpoint',
  examples: ['save a checkpoint called before refactor', 'checkpoint before refactor', 'create a checkpoint'],
  match(clause) {
    if (/^(?:list|show|go|revert|restore|delete|remove|compare)\b/i.test(clause.text)) return null;
    const match = checkpoint.exec(clause.text);
    if (!match) return null;
    const name = contentOf(match[1] ?? '', clause.literals).slice(0, 120) || 'checkpoint';
    return [history(`Name a checkpoint "${name}"`, 'checkpoint', { tool: 'create_checkpoint', args: { name } })];
  },
};

const revert = pattern(
  '^(?:revert|go back|return|roll\\s?back|restore|rewind|reset|take (?:me|it|us|everything) back|jump back|bring back|undo)\\s*(?:(?:all|everything|the|project|files|code|it|state|my|this)\\s+)*(?:back\\s*)?(?:(?:to|until|up to|as of)\\s+)?(?:how it was (?:at|in)\\s+)?(?:the\\s+)?(?:state\\s+(?:of|at)\\s+)?(?:named\\s+)?(check\\s?point|snapshot|version|save\\s?point)?\\s*(?:number\\s+|no\\.?\\s+|called\\s+|named\\s+)?#?\\s*(.*)$',
);
const undoLast =
  /^(?:undo|revert|roll\s?back|take back|cancel)(?:\s+(?:it|that|this|(?:the|my|your)?\s*(?:very\s+)?(?:last|latest|previous|most recent)\s*(?:change|step|edit|action|thing|commit|one|changes)?s?|what you (?:just )?did))?$|^go back(?: (?:one|a) step)?$|^(?:revert|go back|restore|roll\s?back|return)\s+(?:to\s+)?(?:the\s+)?(?:previous|last|prior)\s+(?:check\s?point|state|version|step)$/i;

export const revertTo: Rule = {
  id: 'revert',
  examples: ['go back to checkpoint 3', 'undo the last change', 'revert to before-refactor', 'restore the checkpoint "clean"'],
  match(clause) {
    if (undoLast.test(clause.text))
      return [history('Take back the last change', 'revert', { tool: 'revert_checkpoint', args: { checkpoint: 'previous' } })];
    const match = revert.exec(clause.text);
    const saysTo = /\b(?:to|until|as of|check\s?point|snapshot)\b/i.test(clause.text);
    const raw = match?.[2] ?? '';
    const wanted = contentOf(raw.replace(/\s+(?:check\s?point|snapshot)$/i, ''), clause.literals);
    if (!match || !saysTo || wanted === '' || wanted.length > 120 || (!literalOf(raw, clause.literals) && wanted.split(/\s+/).length > 5))
      return null;
    const target = /^(?:the )?(?:start|beginning|first|initial state|very start|base)$/i.test(wanted) ? '0' : wanted;
    return [history(`Go back to checkpoint ${target}`, 'revert', { tool: 'revert_checkpoint', args: { checkpoint: target } })];
  },
};

type HistoryCall = { tool: 'create_checkpoint'; args: { name: string } } | { tool: 'revert_checkpoint'; args: { checkpoint: string } };

function history(title: string, kind: 'checkpoint' | 'revert', call: HistoryCall): Draft {
  return { title, kind, task: { do: 'calls', calls: [call] }, confidence: 0.9 };
}
