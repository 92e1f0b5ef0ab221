import { readFile } from 'node:fs/promises';
import type { ChangeSummary, LeftOut } from '#lib/core/change.ts';
import { attachedWords } from '#lib/core/words/attached-words.ts';
import { commitChanges } from '#lib/git/commit/commit-changes.ts';
import { personAuthor } from '#lib/git/commit/person-author.ts';
import { readFileAt } from '#lib/git/objects/read-commit-file.ts';

/** A file that a person sends along: `name` as they or their phone call it, `source` the absolute path of its bytes. */
export type Attachment = { name: string; source: string };

/** Where attachments lie in the working tree. */
export const attachmentFolder = 'attachments';
const nameLimit = 100;

/** A name that is safe in every tree and shell: letters, digits, dots, hyphens; its ending stays. */
export function attachmentName(name: string): string {
  const base = name.toWellFormed().normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  const ending = /(?<=.)\.[A-Za-z0-9]{1,10}$/su.exec(base)?.[0] ?? '';
  const plain = base.slice(0, base.length - ending.length).replaceAll(/[^\p{L}\p{N}._-]+/gu, '-');
  let stem = plain.replace(/^[.-]+/, '');
  while (Buffer.byteLength(stem + ending) > nameLimit) stem = [...stem].slice(0, -1).join('');
  return `${stem || 'file'}${ending}`;
}

/** The name that the `number`th file of this name gets, from 1 on: `a.txt`, `a-2.txt`, and so on. */
export function numberedName(name: string, number: number): string {
  if (number === 1) return name;
  const dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length;
  return `${name.slice(0, dot)}-${number}${name.slice(dot)}`;
}

/** A commit with the attachments, which nothing points at yet, and their paths; what lies there with the same bytes is not written again. */
export async function commitAttachments({
  store,
  parentCommit,
  attachments,
  leftOutBefore = [],
}: {
  store: string;
  parentCommit: string;
  attachments: Attachment[];
  leftOutBefore?: LeftOut[];
}): Promise<{ commit: string; changed: boolean; summary: ChangeSummary; paths: string[] }> {
  const paths: string[] = [];
  for (const { name, source } of attachments)
    paths.push(await freePath({ store, commit: parentCommit, name: attachmentName(name), source, taken: paths }));
  const changes = attachments.map(({ source }, index) => ({ path: paths[index] ?? '', kind: 'file' as const, source }));
  const committed = await commitChanges({
    store,
    parentCommit,
    changes,
    message: attachmentLabel(paths),
    author: personAuthor,
    at: new Date(),
    leftOutBefore,
  });
  return { ...committed, paths };
}

/** What the checkpoint of these paths is called. */
export function attachmentLabel(paths: string[]): string {
  return paths.length === 1 ? `Attached ${paths[0]?.slice(attachmentFolder.length + 1)}` : `Attached ${paths.length} files`;
}

/** The words with the paths of what came along, for an agent that reads prose: one that works by rules would take them for an instruction. */
export function nameAttachments(text: string, paths: string[] = [], agent: string): string {
  return agent === 'rules' ? text : text + attachedWords(paths);
}

async function freePath(input: { store: string; commit: string; name: string; source: string; taken: string[] }): Promise<string> {
  const { store, commit, name, source, taken } = input;
  for (let number = 1; ; number += 1) {
    const path = `${attachmentFolder}/${numberedName(name, number)}`;
    if (taken.includes(path)) continue;
    const there = await readFileAt({ store, commit, path });
    if (!there || there.bytes.equals(await readFile(source))) return path;
  }
}
