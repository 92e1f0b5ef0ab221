import { Composer } from 'grammy';
import { diffThreadFiles } from '#lib/checkpoints/diff-thread.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import type { Incoming } from '../incoming.ts';
import { countChanges, listChanges } from '../render/describe-changes.ts';
import { diffPage } from '../render/diff-page.ts';
import { diffText } from '../render/diff-text.ts';
import type { TapOn } from '../render/message-spec.ts';
import { bold, lines, pre, rich } from '../render/rich-text.ts';
import { requireTarget } from './target-thread.ts';

/** What fits into a message without much scrolling; a longer one is a page of its own. */
const inlineCharacters = 2_500;

export const diffs = new Composer<Incoming>();

diffs.command('diff', async (incoming) => {
  const threadId = await requireTarget(incoming);
  const [from, to] = incoming.match
    .trim()
    .split(/[\s.]+/)
    .filter(Boolean);
  await sendDiff(incoming, { do: 'diff', threadId, from: from ?? 'start', to });
});

export async function sendDiff(incoming: Incoming, { do: _, ...range }: TapOn<'diff'>): Promise<void> {
  const files = await diffThreadFiles(incoming.verb, range);
  if (files.length === 0) {
    if (incoming.callbackQuery) throw new DomainError('not-found', 'Nothing is different.');
    await incoming.say('Nothing is different.');
    return;
  }
  const sum = (count: (file: (typeof files)[number]) => number) => files.reduce((total, file) => total + count(file), 0);
  const changes = {
    files,
    fileCount: files.length,
    additions: sum(({ additions }) => additions),
    deletions: sum(({ deletions }) => deletions),
    leftOut: [],
  };
  const head = rich('📄 ', bold(countChanges(changes)));
  const text = diffText(files);
  if (text.length <= inlineCharacters) {
    await incoming.say(lines(head, pre(text, 'diff')));
    return;
  }
  await incoming.sendFile({
    bytes: Buffer.from(diffPage(files)),
    name: 'changes.html',
    kind: 'document',
    caption: lines(head, listChanges(changes, 10)),
  });
}
