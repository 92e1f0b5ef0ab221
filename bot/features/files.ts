import { Composer } from 'grammy';
import { listThreadFiles } from '#lib/checkpoints/list-thread-files.ts';
import { readThreadFile } from '#lib/checkpoints/read-thread-file.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { mediaTypeOf } from '#lib/core/media-type.ts';
import { formatBytes } from '#lib/core/words/format.ts';
import type { FolderEntry } from '#lib/git/objects/list-commit-files.ts';
import { getThread } from '#lib/threads/get-thread.ts';
import type { Incoming } from '../incoming.ts';
import type { ButtonSpec, TapOn } from '../render/message-spec.ts';
import { bold, code, lines, pre, type RichText, rich } from '../render/rich-text.ts';
import { exactLine, exactText } from '../render/safe-text.ts';
import { mediaKind } from '../send/media-kind.ts';
import { requireTarget } from './target-thread.ts';

const perPage = 20;
const folderIcon = '📁';
const mostBytes = 50_000_000;
/** A text file up to this size is shown in the chat. */
const inlineBytes = 3_000;

export const files = new Composer<Incoming>();

files.command('files', async (incoming) => {
  const threadId = await requireTarget(incoming);
  const path = incoming.match.trim().replaceAll(/^\/+|\/+$/g, '');
  const view = await folderView(incoming, { do: 'files', threadId, path }).catch((error: unknown) => {
    if (path === '' || !(error instanceof DomainError) || error.code !== 'not-found') throw error;
    return null;
  });
  if (view) await incoming.say(view.content, { buttons: view.buttons });
  else await sendFile(incoming, { do: 'file', threadId, path, at: 'current' });
});

export async function showFolder(incoming: Incoming, action: TapOn<'files'>): Promise<void> {
  const { content, buttons } = await folderView(incoming, action);
  // From the end of a run a list of files opens; inside of the list one walks.
  if (incoming.callbackQuery?.message?.text?.startsWith(folderIcon)) await incoming.showInstead(content, buttons);
  else await incoming.say(content, { buttons });
}

async function folderView(
  incoming: Incoming,
  { threadId, path, page = 0 }: TapOn<'files'>,
): Promise<{ content: RichText; buttons: ButtonSpec[][] }> {
  const entries = await listThreadFiles(incoming.verb, { threadId, path });
  const { currentCheckpointId } = await getThread(incoming.verb, { threadId });
  const inside = (name: string) => (path ? `${path}/${name}` : name);
  const button = ({ kind, name, bytes }: FolderEntry): ButtonSpec =>
    kind === 'folder'
      ? { label: `${folderIcon} ${exactLine(name, 50)}`, action: { do: 'files', threadId, path: inside(name) } }
      : {
          label: `${exactLine(name, 40)} · ${formatBytes(bytes)}`,
          action: { do: 'file', threadId, path: inside(name), at: currentCheckpointId ?? 'current' },
        };
  const shown = entries.filter(({ kind }) => kind === 'folder' || kind === 'file');
  const onPage = shown.slice(page * perPage, (page + 1) * perPage);
  const turn = (label: string, to: number): ButtonSpec => ({ label, action: { do: 'files', threadId, path, page: to } });
  const ways = [
    page > 0 && turn('‹ Before', page - 1),
    (page + 1) * perPage < shown.length && turn('More ›', page + 1),
    path && { label: '↑ Up', action: { do: 'files', threadId, path: path.split('/').slice(0, -1).join('/') } satisfies TapOn<'files'> },
  ].filter((way) => typeof way === 'object');
  const content = lines(rich(`${folderIcon} `, path ? code(exactLine(path)) : bold('Files')), shown.length === 0 && 'Nothing here.');
  return { content, buttons: [...onPage.map((entry) => [button(entry)]), ways].filter((row) => row.length > 0) };
}

/** One file as what it is: text in the chat, media as media, all else as a document. */
export async function sendFile(incoming: Incoming, { threadId, path, at }: TapOn<'file'>): Promise<void> {
  const { bytes, kind } = await readThreadFile(incoming.verb, { threadId, path, at });
  if (kind !== 'file') throw new DomainError('invalid', 'This is a link, not a file.');
  if (bytes.length > mostBytes) throw new DomainError('too-large', 'Telegram takes files up to 50 MB from a bot.');
  if (bytes.length === 0) throw new DomainError('invalid', 'This file is empty.');
  const caption = code(exactLine(path));
  if (bytes.length <= inlineBytes && !bytes.includes(0)) {
    await incoming.say(lines(caption, pre(exactText(bytes.toString()).trim() || ' ')));
    return;
  }
  await incoming.sendFile({ bytes, name: path, kind: mediaKind(mediaTypeOf(path) ?? 'application/octet-stream', bytes.length), caption });
}
