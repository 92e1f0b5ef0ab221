'use client';

import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy, TextLayer } from 'pdfjs-dist';
import { useEffect, useRef, useState } from 'react';
import { Virtualizer } from 'virtua';
import { EmptyState } from '../base/empty-state.tsx';
import type { MediaFile } from './media-file.ts';
import { MediaWait } from './media-wait.tsx';
import { useScroller } from './use-scroller.ts';

GlobalWorkerOptions.workerSrc = new URL('pdfjs-dist/build/pdf.worker.min.mjs', import.meta.url).href;

/** Pages of a PDF, drawn when they come into sight; their text can be selected. Nothing in it runs. */
export function PdfView({ file }: { file: MediaFile }) {
  const [pdf, setPdf] = useState<PDFDocumentProxy | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const scroller = useScroller(box);

  useEffect(() => {
    const task = getDocument({ url: file.href, enableXfa: false, stopAtErrors: false });
    setProblem(null);
    task.promise.then(setPdf, (error: unknown) => {
      if (!task.destroyed)
        setProblem(error instanceof Error && error.name === 'PasswordException' ? 'It asks for a password.' : 'It is damaged.');
    });
    return () => void task.destroy();
  }, [file.href]);

  if (problem) return <EmptyState title="This PDF cannot be shown">{problem} Download it to try another reader.</EmptyState>;
  return (
    <div ref={box} className="bg-sunken py-3">
      {pdf ? (
        <Virtualizer scrollRef={scroller} startMargin={0}>
          {Array.from({ length: pdf.numPages }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: pages are their numbers
            <Page key={index} pdf={pdf} number={index + 1} />
          ))}
        </Virtualizer>
      ) : (
        <MediaWait />
      )}
    </div>
  );
}

function Page({ pdf, number }: { pdf: PDFDocumentProxy; number: number }) {
  const box = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const text = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let over = false;
    let cancel = () => {};
    async function draw(): Promise<void> {
      const page = await pdf.getPage(number);
      if (over || !canvas.current || !text.current || !box.current) return;
      const scale = box.current.clientWidth / page.getViewport({ scale: 1 }).width;
      const viewport = page.getViewport({ scale });
      const sharp = Math.min(devicePixelRatio, 3);
      canvas.current.width = viewport.width * sharp;
      canvas.current.height = viewport.height * sharp;
      box.current.style.height = `${viewport.height}px`;
      box.current.style.setProperty('--total-scale-factor', String(scale));
      const drawing = page.render({ canvas: canvas.current, viewport, transform: [sharp, 0, 0, sharp, 0, 0] });
      cancel = () => drawing.cancel();
      await drawing.promise;
      if (over) return;
      text.current.replaceChildren();
      await new TextLayer({ textContentSource: page.streamTextContent(), container: text.current, viewport }).render();
    }
    draw().catch(() => {});
    return () => {
      over = true;
      cancel();
    };
  }, [pdf, number]);

  return (
    <section
      ref={box}
      aria-label={`Page ${number}`}
      className="relative mx-auto mb-3 aspect-[1/1.414] w-[calc(100%-1rem)] max-w-3xl bg-white shadow-sm"
    >
      <canvas ref={canvas} aria-hidden className="h-full w-full" />
      <div ref={text} className="pdf-text absolute inset-0 overflow-clip leading-none" />
    </section>
  );
}
