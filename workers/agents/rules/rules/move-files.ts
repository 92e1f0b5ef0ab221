import type { Draft, Rule } from '../reasoner/clause.ts';
import { literalOf } from '../reasoner/literals.ts';
import {
  baseName,
  isFolder,
  isKnown,
  joinPath,
  looksLikePath,
  pathGroup,
  pathsGroup,
  pattern,
  splitNames,
  toPath,
} from '../reasoner/names.ts';

const noun = '(?:the\\s+|this\\s+|that\\s+|my\\s+)?(?:(?:file|folder|directory|script|dir)s?\\s+)?(?:(?:called|named)\\s+)?';
const rename = pattern(
  `^(?:rename|mv)\\s+${noun}${pathGroup}(?:\\s+(?:file|folder|directory))?\\s+(?:to|into|as|->|=>)?\\s*(?:be\\s+)?(?:called\\s+|named\\s+)?${pathGroup}(?:\\s+in\\s+(?:the\\s+)?(?:folder\\s+)?${pathGroup}(?:\\s+folder)?)?$`,
);
const move = pattern(
  `^(?:move|mv|put|place)\\s+${noun}${pathsGroup}(?:\\s+(?:file|folder|directory)s?)?\\s+(?:in|to|into|inside|under|->)\\s*(?:(?:to\\s+)?the\\s+|a\\s+)?(?:(folder|directory|dir)\\s+)?(?:called\\s+|named\\s+)?${pathGroup}(?:\\s+(folder|directory|dir))?$`,
);
const copy = pattern(
  `^(?:copy|duplicate|cp(?:\\s+-r)?|clone)\\s+${noun}${pathGroup}(?:\\s+(?:file|folder|directory))?\\s+(?:to|as|into|in|->)?\\s*(?:the\\s+)?(?:(folder|directory)\\s+)?${pathGroup}(?:\\s+(folder|directory))?$`,
);

export const renamePath: Rule = {
  id: 'rename',
  examples: ['rename a.txt to b.txt', 'rename the folder old as new', 'mv one.md two.md'],
  match(clause, memory) {
    const match = rename.exec(clause.text);
    const source = toPath(match?.[1], clause, memory);
    const from = source && joinPath(toPath(match?.[3], clause, memory), source);
    const name = toPath(match?.[2], clause, memory);
    if (!from || !name || /^(?:to|into|as)$/i.test(name)) return null;
    const to = !name.includes('/') && from.includes('/') ? `${from.slice(0, from.lastIndexOf('/'))}/${name}` : name;
    return [moving(from, to, isFolder(from, memory))];
  },
};

export const movePath: Rule = {
  id: 'move',
  examples: ['move a.txt to docs/', 'move notes.md into the archive folder'],
  match(clause, memory) {
    const match = move.exec(clause.text);
    if (!match?.[1] || !match[3]) return null;
    const target = toPath(match[3], clause, memory);
    const sources = splitNames(match[1]).map((name) => toPath(name, clause, memory));
    if (!target || sources.length === 0) return null;
    const certain = /^(?:move|mv)\b/i.test(clause.text);
    if (!certain && !sources.every((source) => source && isKnown(source, memory))) return null;
    const raw = literalOf(match[3], clause.literals)?.text ?? match[3];
    const intoFolder =
      raw.endsWith('/') ||
      match[2] !== undefined ||
      match[4] !== undefined ||
      sources.length > 1 ||
      isFolder(target, memory) ||
      (!baseName(target).includes('.') && !sources.some((source) => source && isFolder(source, memory)));
    return sources.flatMap((source) => (source ? [moving(source, intoFolder ? `${target}/${baseName(source)}` : target, false)] : []));
  },
};

function moving(from: string, to: string, folder: boolean): Draft {
  return {
    title: `Move ${from} to ${to}`,
    kind: 'edit',
    task: { do: 'calls', calls: [{ tool: 'move_path', args: { from, to } }] },
    confidence: 0.95,
    mentions: folder ? { folder: to } : { file: to, ...(/\.(?:py|[cm]?[jt]s|sh)$/.test(to) ? { script: to } : {}) },
  };
}

export const copyPath: Rule = {
  id: 'copy',
  examples: ['copy a.txt to b.txt', 'duplicate config.json as config.backup.json'],
  match(clause, memory) {
    const match = copy.exec(clause.text);
    const from = toPath(match?.[1], clause, memory);
    const target = toPath(match?.[3], clause, memory);
    if (!from || !target) return null;
    const raw = literalOf(match?.[3] ?? '', clause.literals)?.text ?? match?.[3] ?? '';
    const intoFolder = raw.endsWith('/') || match?.[2] !== undefined || match?.[4] !== undefined || isFolder(target, memory);
    const to = intoFolder ? `${target}/${baseName(from)}` : target;
    return [{ title: `Copy ${from} to ${to}`, kind: 'edit', task: { do: 'copy', from, to }, confidence: 0.95, mentions: { file: to } }];
  },
};

const remove = pattern(
  `^(?:delete|remove|erase|rm(?:\\s+-rf?)?|get rid of|drop|trash|clean up|unlink)\\s+(?:the\\s+|this\\s+|that\\s+|my\\s+|both\\s+)?((?:file|folder|directory|dir|script)s?\\s+)?(?:(?:called|named)\\s+)?${pathsGroup}(\\s+(?:file|folder|directory|dir|script)s?)?(?:\\s+and\\s+(?:everything|all(?: the files)?)\\s+(?:in|inside)(?:\\s+it)?)?$`,
);

export const deletePath: Rule = {
  id: 'delete',
  examples: ['delete the folder tmp', 'remove old.txt', 'delete a.txt and b.txt'],
  match(clause, memory) {
    const match = remove.exec(clause.text);
    if (!match?.[2]) return null;
    const names = splitNames(match[2]);
    const isCalledFile = match[1] !== undefined || match[3] !== undefined;
    const isFile = (name: string) =>
      isCalledFile ||
      looksLikePath(name, clause, memory) ||
      (/^(?:it|that|this|file|script|program)$/i.test(name) && toPath(name, clause, memory) !== undefined);
    if (names.length === 0 || !names.every(isFile)) return null;
    const paths = names.map((name) => toPath(name, clause, memory));
    if (paths.some((path) => !path || /^(?:all|everything|\*|file|folder)$/i.test(path))) return null;
    return paths.map(
      (path): Draft => ({
        title: `Delete ${path}`,
        kind: 'edit',
        task: { do: 'calls', calls: [{ tool: 'delete_path', args: { path: path ?? '' } }] },
        confidence: 0.9,
      }),
    );
  },
};
