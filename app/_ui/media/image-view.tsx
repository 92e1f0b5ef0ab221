'use client';

import { Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { TransformComponent, TransformWrapper, useControls } from 'react-zoom-pan-pinch';
import { EmptyState } from '../base/empty-state.tsx';
import { fileName, type MediaFile } from './media-file.ts';

/** A picture to look into: pinch, wheel, double tap, or the buttons. */
export function ImageView({ file }: { file: MediaFile }) {
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  const [broken, setBroken] = useState(false);
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    // It may have come, or failed to, before the page could listen.
    image.current?.decode().then(
      () => image.current && setSize({ width: image.current.naturalWidth, height: image.current.naturalHeight }),
      () => image.current && setBroken(true),
    );
  }, []);
  if (broken)
    return <EmptyState title="This is not a picture that a browser can show">It may be damaged. Download it to look into it.</EmptyState>;
  return (
    <TransformWrapper minScale={0.5} maxScale={16} doubleClick={{ mode: 'toggle', step: 1.5 }} centerOnInit>
      <div className="relative bg-sunken">
        <TransformComponent wrapperStyle={{ width: '100%', height: '70dvh' }} contentStyle={{ width: '100%', height: '100%' }}>
          {/* biome-ignore lint/performance/noImgElement: the bytes are an agent's; no optimizer opens them */}
          <img ref={image} src={file.href} alt={fileName(file)} draggable={false} className="h-full w-full object-contain" />
        </TransformComponent>
        <ZoomButtons />
      </div>
      <p className="tabular px-4 py-2 text-ink-soft text-xs">{size ? `${size.width} × ${size.height}` : 'Opening'}</p>
    </TransformWrapper>
  );
}

function ZoomButtons() {
  const { zoomIn, zoomOut, resetTransform } = useControls();
  const buttons = [
    { label: 'Closer', Icon: ZoomIn, act: () => zoomIn() },
    { label: 'Farther', Icon: ZoomOut, act: () => zoomOut() },
    { label: 'All of it', Icon: Maximize, act: () => resetTransform() },
  ];
  return (
    <div className="absolute right-3 bottom-3 flex overflow-clip rounded-control border border-line bg-raised shadow-sm">
      {buttons.map(({ label, Icon, act }) => (
        <button
          key={label}
          type="button"
          aria-label={label}
          title={label}
          onClick={act}
          className="inline-flex size-11 items-center justify-center hover:bg-sunken"
        >
          <Icon className="size-4.5" aria-hidden />
        </button>
      ))}
    </div>
  );
}
