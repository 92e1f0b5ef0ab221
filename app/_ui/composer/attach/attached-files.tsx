import { FileText, Image, Mic, RotateCw, X } from 'lucide-react';
import { formatBytes } from '#lib/core/words/format.ts';
import { iconButtonClass } from '../../base/button.tsx';
import type { Attached } from './draft-files.ts';
import type { Attachments } from './use-attachments.ts';

const icons = [
  { names: /\.(webm|m4a|mp3|ogg|wav)$/i, Icon: Mic },
  { names: /\.(avif|bmp|gif|jpe?g|png|webp)$/i, Icon: Image },
];

/** The files that will come along, each with how far it has come, and the way to take it back. */
export function AttachedFiles({ attachments: { files, refusal, forget, retry } }: { attachments: Attachments }) {
  return (
    <div className="border-line border-b p-1.5">
      <ul aria-label="Files that come along" className="scrollbar-quiet max-h-52 overflow-y-auto">
        {files.map((file) => (
          <li key={file.key} className="flex min-h-12 items-center gap-2.5 pl-1.5">
            <Picture file={file} />
            <div className="contained min-w-0 flex-1 text-sm">
              <p className="truncate">{file.name}</p>
              <Progress file={file} />
            </div>
            {file.sent.state === 'failed' && (
              <button type="button" onClick={() => retry(file.key)} aria-label={`Send ${file.name} again`} className={iconButtonClass}>
                <RotateCw className="size-4" aria-hidden />
              </button>
            )}
            <button type="button" onClick={() => forget([file.key])} aria-label={`Leave out ${file.name}`} className={iconButtonClass}>
              <X className="size-4" aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      {refusal && (
        <p role="alert" className="px-2 py-1 text-bad text-sm">
          {refusal}
        </p>
      )}
    </div>
  );
}

function Picture({ file }: { file: Attached }) {
  if (file.picture)
    // biome-ignore lint/performance/noImgElement: a picture that is on this device only
    return <img src={file.picture} alt="" className="size-9 shrink-0 rounded-lg border border-line object-cover" />;
  const Icon = icons.find(({ names }) => names.test(file.name))?.Icon ?? FileText;
  return (
    <span className="inline-flex size-9 shrink-0 items-center justify-center rounded-lg bg-sunken text-ink-soft">
      <Icon className="size-4" aria-hidden />
    </span>
  );
}

function Progress({ file: { name, bytes, sent } }: { file: Attached }) {
  if (sent.state === 'failed')
    return (
      <p role="alert" className="text-bad text-xs">
        {sent.why}
      </p>
    );
  if (sent.state === 'there') return <p className="tabular text-ink-soft text-xs">{formatBytes(bytes)}</p>;
  return (
    <progress
      aria-label={`${name} is on its way`}
      value={sent.share}
      max={1}
      className="mt-1.5 mb-1 block h-1 w-full appearance-none overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
    />
  );
}
