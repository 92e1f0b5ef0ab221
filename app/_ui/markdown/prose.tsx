'use client';

import { type ComponentType, Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { AsDrawn } from '../base/as-drawn.tsx';
import { lazyPart } from '../base/lazy-part.ts';
import { untilLoaded } from '../base/until-loaded.ts';
import { plainParagraphs } from './plain-paragraphs.ts';

let loaded: ComponentType<{ text: string }> | undefined;

const LazyMarkdown = lazyPart(loadMarkdown);

/**
 * Markdown is loaded apart from the page. Call it once the page stands, so that the next message needs no network for it. `ahead` are texts to read at
 * once, each in a task of its own: the page hears what a person does in between.
 */
export async function loadMarkdown(ahead: readonly string[] = []): Promise<ComponentType<{ text: string }>> {
  const { Markdown, prepareMarkdown } = await untilLoaded(() => import('./markdown.tsx'));
  loaded = Markdown;
  for (const text of ahead) {
    await nextTask();
    prepareMarkdown(text);
  }
  return Markdown;
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** Words of an agent. */
export function Prose({ text }: { text: string }) {
  const paragraphs = plainParagraphs(text);
  return paragraphs ? <Paragraphs paragraphs={paragraphs} /> : <MarkdownProse text={text} />;
}

/** As Markdown draws them. */
function Paragraphs({ paragraphs }: { paragraphs: string[] }) {
  return (
    <div className="contained space-y-3">
      {paragraphs.map((paragraph, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs have nothing else, and keep nothing
        <p key={index}>{paragraph}</p>
      ))}
    </div>
  );
}

/** A block that says its language: code to colour, or a diagram to draw. */
const namedBlock = /^[ \t]*(?:```|~~~)[ \t]*\w/m;

/** Words that the server drew stay as it drew them, unless more is to become of them; until Markdown is loaded new ones stand there as plain text. */
function MarkdownProse({ text }: { text: string }) {
  const isFirst = useSyncExternalStore(
    never,
    () => false,
    () => true,
  );
  const [drawn] = useState(isFirst ? text : null);
  const [isAlive, setAlive] = useState(false);
  useEffect(() => {
    if (drawn === null || !namedBlock.test(drawn)) return;
    let gone = false;
    loadMarkdown([drawn]).then(
      () => gone || setAlive(true),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [drawn]);
  const [atFirst] = useState(() => loaded ?? LazyMarkdown);
  const Markdown = (isAlive && loaded) || atFirst;
  const words = (
    <Suspense fallback={<p className="contained whitespace-pre-wrap">{text}</p>}>
      <Markdown text={text} />
    </Suspense>
  );
  // A Suspense boundary falls back to its plain text when anything changes above it before it is hydrated.
  return drawn === text ? <AsDrawn isAlive={isAlive}>{words}</AsDrawn> : words;
}

function never(): () => void {
  return () => {};
}
