import type { ThreadState } from '#lib/core/state.ts';
import { readFileAt } from '#lib/git/objects/read-commit-file.ts';
import type { BotServices } from '../bot-services.ts';
import type { ChatFile } from '../render/message-spec.ts';
import { textPage } from '../render/page.ts';
import { mediaKind } from '../send/media-kind.ts';
import type { OutgoingFile } from '../send/send-media.ts';

/** A file as it goes out. One that cannot be read is said so: a broken store stays broken, and it would be tried for ever. */
export async function readFile(services: BotServices, state: ThreadState, { caption, content }: ChatFile): Promise<OutgoingFile> {
  if ('text' in content) return { bytes: Buffer.from(textPage(content.name, content.text)), name: content.name, kind: 'document', caption };
  const { path, mediaType } = content.artifact;
  const checkpoint = state.checkpoints.find(({ checkpointId }) => checkpointId === content.at);
  const store = services.home.store(state.projectId);
  const file =
    checkpoint &&
    (await readFileAt({ store, commit: checkpoint.commit, path }).catch((error: unknown) => {
      services.log(`A file of ${state.threadId} could not be read`, error);
      return null;
    }));
  const name = path.split('/').at(-1) ?? path;
  if (file?.kind === 'file' && file.bytes.length > 0)
    return { bytes: file.bytes, name, kind: mediaKind(mediaType, file.bytes.length), caption };
  return { bytes: Buffer.from('This file is not there any more.'), name: `${name}.txt`, kind: 'document', caption };
}
