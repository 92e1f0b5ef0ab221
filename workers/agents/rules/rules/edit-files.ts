import type { Clause, Draft, Memory, Rule } from '../reasoner/clause.ts';
import { contentOf, findLiteral, held, literalOf } from '../reasoner/literals.ts';
import { pathGroup, pattern, toPath } from '../reasoner/names.ts';

const replaceIn = [
  pattern(
    `^(?:replace|change|substitute|swap|edit|update|rename|turn)\\s+(?:all\\s+|every\\s+|each\\s+|the\\s+)*(?:(?:occurrences?|instances?|mentions?|uses?)\\s+of\\s+)?(?:the\\s+)?(?:words?\\s+|text\\s+|string\\s+|line\\s+|version\\s+)?(.+?)\\s+(?:with|by|to|for|into)\\s+(.+?)\\s+(?:in|inside|within|of|throughout)\\s+(?:the\\s+)?(?:file\\s+)?${pathGroup}(?:\\s+file)?$`,
  ),
  pattern(
    `^(?:in|inside|within)\\s+(?:the\\s+)?(?:file\\s+)?${pathGroup}\\s*[,:]?\\s*(?:please\\s+)?(?:replace|change|substitute|swap|rename|turn)\\s+(?:all\\s+|every\\s+|the\\s+)*(?:(?:occurrences?|instances?)\\s+of\\s+)?(.+?)\\s+(?:with|by|to|for|into)\\s+(.+)$`,
  ),
];
const everywhere = pattern(
  '^(?:replace|change|substitute|swap|rename)\\s+(?:all\\s+|every\\s+)?(?:(?:occurrences?|instances?)\\s+of\\s+)?(.+?)\\s+(?:with|by|to|for)\\s+(.+?)\\s+(?:everywhere|in (?:all|every|the whole|the entire)\\s*(?:of\\s+)?(?:the\\s+)?(?:files?|project|repo(?:sitory)?|code(?:base)?)|across the (?:project|code(?:base)?|repo))$',
);

export const replaceText: Rule = {
  id: 'replace-text',
  examples: [
    'replace foo with bar in a.txt',
    'In config.json, change "debug": true to "debug": false',
    'replace all occurrences of `old` with `new` everywhere',
  ],
  match(clause, memory) {
    if (/^rename\s+\S+\.\w+\s+(?:to|as|into)\s+\S+\.\w+\s/i.test(clause.text)) return null;
    const global = everywhere.exec(clause.text);
    if (global) {
      const [find, replace] = [contentOf(global[1] ?? '', clause.literals), contentOf(global[2] ?? '', clause.literals)];
      if (find === '') return null;
      return [
        {
          title: `Replace "${find}" with "${replace}" everywhere`,
          kind: 'edit',
          task: { do: 'replace-everywhere', find, replace },
          confidence: 0.9,
        },
      ];
    }
    for (const [index, form] of replaceIn.entries()) {
      const match = form.exec(clause.text);
      if (!match) continue;
      const [file, find, replace] = index === 0 ? [match[3], match[1], match[2]] : [match[1], match[2], match[3]];
      return edit(clause, memory, file, find, replace);
    }
    return null;
  },
};

function edit(clause: Clause, memory: Memory, file?: string, find?: string, replace?: string): Draft[] | null {
  const path = toPath(file, clause, memory);
  const from = contentOf(find ?? '', clause.literals);
  if (!path || from === '' || replace === undefined) return null;
  const to = /^(?:nothing|an? empty (?:string|text)|blank)$/i.test(replace) ? '' : contentOf(replace, clause.literals);
  return [
    {
      title: to === '' ? `Remove "${short(from)}" from ${path}` : `Replace "${short(from)}" with "${short(to)}" in ${path}`,
      kind: 'edit',
      task: { do: 'calls', calls: [{ tool: 'edit_file', args: { path, find: from, replace: to, all: true } }] },
      confidence: literalOf(find ?? '', clause.literals) ? 0.95 : 0.85,
      mentions: { file: path },
    },
  ];
}

const removeFrom = pattern(
  `^(?:remove|delete|erase|drop|cut)\\s+(?:the\\s+)?(?:(?:words?|text|string|line|phrase)s?\\s+)?(?:that says\\s+)?(${held}|[^\\s]+)\\s+(?:from|in|out of)\\s+(?:the\\s+)?(?:file\\s+)?${pathGroup}(?:\\s+file)?$`,
);

export const removeText: Rule = {
  id: 'remove-text',
  examples: ['remove the line "debug" from notes.txt'],
  match(clause, memory) {
    const match = removeFrom.exec(clause.text);
    if (!match || /\b(?:folder|directory|project)$/i.test(clause.text)) return null;
    const line = /\bline\b/i.test(clause.text.slice(0, 30));
    const text = contentOf(match[1] ?? '', clause.literals);
    if (!literalOf(match[1] ?? '', clause.literals) && !line && !/\b(?:word|text|string|phrase)\b/i.test(clause.text)) return null;
    return edit(clause, memory, match[2], text, '');
  },
};

const appendForms = [
  pattern(
    `^(?:append|add|put|write|insert|attach)\\s+(?:(?:a|another|the|one more)\\s+)?(?:new\\s+)?(?:(?:line|text|words?|entry|sentence|item|row|paragraph)\\s+)?(?:(?:saying|that says|containing|with|of)\\s+(?:the\\s+text\\s+)?)?(.+?)\\s+(?:to|at|on|onto|into)\\s+(?:the\\s+)?(?:very\\s+)?(?:(?:end|bottom)\\s+of\\s+)?(?:the\\s+)?(?:file\\s+)?${pathGroup}(?:\\s+file)?(?:\\s+file)?$`,
  ),
  pattern(
    `^(?:append|add|put|write|insert)\\s+(?:to|at|onto)\\s+(?:the\\s+)?(?:(?:end|bottom)\\s+of\\s+)?(?:the\\s+)?(?:file\\s+)?${pathGroup}\\s*:?\\s*(?:the\\s+)?(?:(?:following|text|line|content)s?\\s*)*:?\\s+(.+)$`,
  ),
  pattern(
    `^(?:append|add)\\s+(?:a\\s+(?:new\\s+)?line\\s+)?(?:to|at|onto)\\s+(?:the\\s+)?(?:(?:end|bottom)\\s+of\\s+)?(?:the\\s+)?(?:file\\s+)?${pathGroup}\\s+(?:saying|that says|containing|with|reading)\\s*:?\\s*(.+)$`,
  ),
  pattern(
    `^(?:append|add|insert)\\s+(?:the\\s+following|this|these)(?:\\s+(?:text|content|lines?|code))*\\s+(?:to|at|into|onto)\\s+(?:the\\s+)?(?:(?:end|bottom)\\s+of\\s+)?(?:the\\s+)?(?:file\\s+)?${pathGroup}\\s*:?\\s+(.+)$`,
  ),
];

export const appendText: Rule = {
  id: 'append-text',
  examples: ['append "goodbye" to hello.txt', 'add a line saying done to notes/todo.md', 'Append to log.txt: finished'],
  match(clause, memory) {
    if (!/^(?:append|add|put|write|insert|attach)\b/i.test(clause.text)) return null;
    for (const index of [3, 2, 0, 1]) {
      const match = appendForms[index]?.exec(clause.text);
      if (!match) continue;
      const [content, file] = index === 0 ? [match[1], match[2]] : [match[2], match[1]];
      const isAppend = /^(?:append|add|insert|attach)\b/i.test(clause.text) || /\b(?:end|bottom) of\b/i.test(clause.text);
      const path = toPath(file, clause, memory);
      if (!path || !content || !isAppend || isOther(content, path, memory)) continue;
      const text = contentOf(content, clause.literals);
      return [
        {
          title: `Append to ${path}`,
          kind: 'edit',
          task: { do: 'append', path, text: text.endsWith('\n') ? text : `${text}\n` },
          confidence: 0.9,
          mentions: { file: path },
        },
      ];
    }
    return null;
  },
};

/** "add requests to the project", "add a file to docs" are not lines for a file. */
function isOther(content: string, path: string, memory: Memory): boolean {
  if (/^(?:project|app|application|dependencies|devdependencies|site|page|repo|repository|package)$/i.test(path)) return true;
  if (/^(?:a|an|the)?\s*(?:new\s+)?(?:empty\s+)?(?:file|folder|directory|package|dependency|library|checkpoint)\b/i.test(content))
    return true;
  return !path.includes('.') && !path.includes('/') && !memory.files.has(path) && !/^[A-Z][a-z]*file$|^[A-Z]{3,}$/.test(path);
}

export const applyPatch: Rule = {
  id: 'apply-patch',
  examples: ['Apply this patch:\n```diff\n--- a/a.txt\n+++ b/a.txt\n@@ -1 +1 @@\n-one\n+two\n```'],
  match({ text, literals }) {
    const patch = findLiteral(
      text,
      literals,
      ({ kind, text: body }) => kind === 'fence' && /^(?:--- |diff --git |@@ )/m.test(body) && /^[+-]/m.test(body),
    );
    if (!patch || (text.length > 1 && !/\b(?:apply|patch|diff|changes?)\b/i.test(text) && !/^(?:diff|patch)$/.test(patch.language)))
      return null;
    if (/^(?:create|write|save|add|append)\b/i.test(text)) return null;
    return [
      {
        title: 'Apply the given patch',
        kind: 'edit',
        task: { do: 'calls', calls: [{ tool: 'apply_patch', args: { patch: patch.text } }] },
        confidence: 0.95,
      },
    ];
  },
};

function short(text: string): string {
  const line = text.replaceAll('\n', ' ');
  return line.length > 40 ? `${line.slice(0, 37)}...` : line;
}
