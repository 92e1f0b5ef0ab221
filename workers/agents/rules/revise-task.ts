import type { ToolCall } from '#lib/core/tool.ts';
import { describeCall } from './actionizer/describe-call.ts';
import type { Task } from './actionizer/task.ts';
import { contentOf, holdLiterals } from './reasoner/literals.ts';
import { plainInstruction } from './reasoner/politeness.ts';

/** A task changed by a person's few words about it ("call it bye.txt instead", "only the first"), or null when they say something else. */
export function reviseTask(task: Task, words: string): { task: Task; title: string } | null {
  const { text, literals } = holdLiterals(words.slice(0, 4_000));
  const plain = plainInstruction(text.replace(/^(?:no|nope|instead|rather)[\s,]+/i, '').replace(/[\s,]+(?:instead|rather)[\s.!]*$/i, ''));
  const value = (form: RegExp) => {
    const match = form.exec(plain)?.[1];
    return match === undefined ? undefined : contentOf(match, literals);
  };

  const count = /^(?:only|just)\s+(?:the\s+)?(?:do\s+)?(?:the\s+)?(first|last)(?:\s+(?:one|file|call))?$/i.exec(plain)?.[1]?.toLowerCase();
  if (count && task.do === 'calls') {
    const one = count === 'first' ? task.calls[0] : task.calls.at(-1);
    return one ? revised({ ...task, calls: [one] }) : null;
  }
  if (/^(?:use|with)\s+tabs(?:\s+.{0,40})?$/i.test(plain))
    return withContent(task, (content) =>
      content.replace(/^(?: {4}| {2})+/gm, (spaces) => '\t'.repeat(spaces.length / (spaces.length % 4 ? 2 : 4))),
    );
  const spaces = /^(?:use|with)\s+(two|four|2|4)\s+spaces/i.exec(plain)?.[1];
  if (spaces)
    return withContent(task, (content) => content.replace(/^\t+/gm, (tabs) => (/2|two/i.test(spaces) ? '  ' : '    ').repeat(tabs.length)));

  const name =
    value(/^(?:call|name|rename)\s+(?:it|that|this|the\s+(?:file|folder|script))\s+(?:to\s+|as\s+)?(.+)$/i) ??
    value(/^(?:use|take|make it)\s+(?:the\s+(?:file\s*)?name\s+)?([\uE000-\uF8FF]|[\w./-]+\.\w+)$/i) ??
    value(/^([\w./-]+\.[a-z]\w{0,8})$/i);
  if (name && !/\s/.test(name)) return withName(task, name);
  const content = value(
    /^(?:write|put|say|use|make it(?: say)?|with|it should (?:say|contain)|the (?:text|content) should be)\s+(?:the\s+text\s+)?(.+?)(?:\s+(?:in it|into it|there))?$/is,
  );
  if (content && task.do === 'calls' && task.calls.every(({ tool }) => tool === 'create_file') && task.calls.length === 1)
    return withContent(task, () => `${content}\n`);
  const command = value(/^(?:run|use|execute)\s+(.+)$/is);
  if (command && task.do === 'calls' && task.calls.length === 1 && task.calls[0]?.tool === 'run_command')
    return revised({ ...task, calls: [{ tool: 'run_command', args: { ...task.calls[0].args, command } }] });
  return null;
}

function revised(task: Task & { do: 'calls' }): { task: Task; title: string } {
  const first = task.calls[0];
  return { task, title: first && task.calls.length === 1 ? describeCall(first).replace(/\.$/, '') : `${task.calls.length} changes` };
}

function withContent(task: Task, change: (content: string) => string) {
  if (task.do !== 'calls') return null;
  const calls = task.calls.map(
    (call): ToolCall => (call.tool === 'create_file' ? { ...call, args: { ...call.args, content: change(call.args.content) } } : call),
  );
  return revised({ ...task, calls });
}

/** The same file under another name, beside where it would have been; a move gets the name as its target. */
function withName(task: Task, name: string) {
  const only = task.do === 'calls' && task.calls.length === 1 ? task.calls[0] : undefined;
  if (task.do !== 'calls' || !only) return null;
  const beside = (path: string) => (name.includes('/') || !path.includes('/') ? name : `${path.slice(0, path.lastIndexOf('/'))}/${name}`);
  switch (only.tool) {
    case 'create_file':
      return revised({ ...task, calls: [{ ...only, args: { ...only.args, path: beside(only.args.path) } }] });
    case 'create_folder':
      return revised({ ...task, calls: [{ ...only, args: { path: beside(only.args.path) } }] });
    case 'move_path':
      return revised({ ...task, calls: [{ ...only, args: { ...only.args, to: beside(only.args.to) } }] });
    default:
      return null;
  }
}
