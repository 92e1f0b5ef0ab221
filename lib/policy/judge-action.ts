import { posix } from 'node:path';
import type { ToolCall } from '#lib/core/tool.ts';
import type { Verdict } from '#lib/core/verdict.ts';
import { staysInTree } from './tree-path.ts';

type Action = Extract<ToolCall, { tool: 'agent_action' }>['args'];

/** What an agent that works in a process of its own may do unasked, by the kind of act and the paths that it names. */
export function judgeAction({ kind, paths }: Action, home?: string): Verdict {
  const outside = paths.filter((path) => !staysInTree(path) && !isWithin(path, home));
  switch (kind) {
    case 'think':
      return { decision: 'allow', reach: 'tree', rule: 'action.think', reason: 'It does nothing but think.' };
    case 'read':
    case 'search': {
      if (outside.length === 0) return { decision: 'allow', reach: 'tree', rule: 'tree.read', reason: 'It only reads the project.' };
      if (outside.some((path) => isMachine(path)))
        return { decision: 'deny', reach: 'tree', rule: 'deny.read-machine', reason: 'It reads what belongs to the machine.' };
      const reason = 'It reads a path outside the project.';
      return { decision: 'ask', reach: 'tree', before: true, rule: 'action.read-outside', reason };
    }
    case 'edit':
    case 'delete':
    case 'move':
      if (outside.length > 0)
        return { decision: 'deny', reach: 'outside', rule: 'deny.outside-tree', reason: 'It changes a path outside the project.' };
      return { decision: 'allow', reach: 'tree', rule: 'tree.edit', reason: 'It stays inside the project and can be taken back.' };
    case 'fetch':
    case 'mcp':
      return { decision: 'ask', reach: 'outside', rule: 'tool.outside', reason: 'It uses a tool that may reach outside the project.' };
    case 'other':
      return { decision: 'ask', reach: 'tree', before: true, rule: 'action.unknown', reason: 'What it does is only known when it runs.' };
  }
}

function isWithin(path: string, home: string | undefined): boolean {
  if (!home || path.includes('\0')) return false;
  const plain = posix.normalize(path.replace(/^~(?=\/|$)/, home));
  return plain === home || plain.startsWith(`${home}/`);
}

function isMachine(path: string): boolean {
  return path.includes('\0') || /^\/(proc|sys|dev|run|boot)(\/|$)/.test(posix.normalize(path));
}
