import { posix } from 'node:path';
import type { ToolCall } from '#lib/core/tool.ts';
import type { Verdict } from '#lib/core/verdict.ts';
import { staysInTree } from './tree-path.ts';

type Action = Extract<ToolCall, { tool: 'agent_action' }>['args'];

/** What a sandbox shows of the machine: programs and libraries, which hold no secrets. */
const programs = ['/usr', '/lib', '/lib64', '/bin', '/opt'];
/** A sandbox's own, gone with it. */
const scratch = '/tmp';

/**
 * What an agent that works in a process of its own may do unasked, by the kind of act and the paths that it names. `isolated`: a sandbox is around
 * it; `home`: its own folder in there.
 */
export function judgeAction({ kind, paths }: Action, { isolated, home }: { isolated: boolean; home?: string }): Verdict {
  const own = [...(home ? [home] : []), ...(isolated ? [scratch] : [])];
  const reads = kind === 'read' || kind === 'search';
  const open = reads && isolated ? [...own, ...programs] : own;
  const outside = paths.filter((path) => !staysInTree(path) && !open.some((folder) => isWithin(path, folder, home)));
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
    case 'mcp': {
      const reason = 'It uses a tool of a server in its sandbox, without network.';
      return { decision: 'ask', reach: 'tree', before: true, rule: 'tool.server', reason };
    }
    case 'fetch':
      return { decision: 'ask', reach: 'outside', rule: 'tool.outside', reason: 'It uses a tool that may reach outside the project.' };
    case 'other':
      return { decision: 'ask', reach: 'tree', before: true, rule: 'action.unknown', reason: 'What it does is only known when it runs.' };
  }
}

function isWithin(path: string, folder: string, home = ''): boolean {
  if (path.includes('\0')) return false;
  const plain = posix.normalize(home ? path.replace(/^~(?=\/|$)/, home) : path);
  return plain === folder || plain.startsWith(`${folder}/`);
}

function isMachine(path: string): boolean {
  return path.includes('\0') || /^\/(proc|sys|dev|run|boot)(\/|$)/.test(posix.normalize(path));
}
