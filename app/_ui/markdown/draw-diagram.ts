import { onNextFrame } from '../../_live/next-frame.ts';

type Mermaid = {
  initialize(config: Record<string, unknown>): void;
  render(id: string, source: string): Promise<{ svg: string }>;
};

let loading: Promise<Mermaid> | undefined;
let drawn = 0;
/** One after the other, with a picture of the page between two. */
let turn: Promise<unknown> = Promise.resolve();

/** The SVG of a Mermaid source. Rejects for what is no diagram. */
export function drawDiagram(source: string, dark: boolean): Promise<string> {
  const own = turn.then(afterPicture).then(() => draw(source, dark));
  turn = own.catch(() => {});
  return own;
}

function afterPicture(): Promise<void> {
  return new Promise((resolve) => onNextFrame(() => setTimeout(resolve)));
}

async function draw(source: string, dark: boolean): Promise<string> {
  loading ??= loadMermaid();
  const mermaid = await loading;
  const labels = { htmlLabels: false };
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    theme: dark ? 'dark' : 'neutral',
    // Its shadows shine in the dark, and its lines run through the words on them.
    themeVariables: { dropShadow: 'none', useGradient: false },
    themeCSS: '.edgeLabel rect { opacity: 1 }',
    suppressErrorRendering: true,
    maxEdges: 150,
    ...labels,
    flowchart: labels,
    class: labels,
    state: labels,
  });
  drawn += 1;
  const { svg } = await mermaid.render(`diagram-${drawn}`, source);
  return inItsOwnSize(svg);
}

/** It comes as wide as there is room, with letters as large as that makes them. */
function inItsOwnSize(svg: string): string {
  const [, width, height] = /viewBox="\S+ \S+ (\S+) (\S+)"/.exec(svg) ?? [];
  return width && height ? svg.replace('width="100%"', `width="${width}" height="${height}"`) : svg;
}

/** It comes as a classic script that leaves itself on the global object. */
function loadMermaid(): Promise<Mermaid> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = new URL('@mermaid-js/tiny/dist/mermaid.tiny.js', import.meta.url).href;
    script.onload = () => resolve((globalThis as unknown as { mermaid: Mermaid }).mermaid);
    script.onerror = () => {
      loading = undefined;
      script.remove();
      reject(new Error('It could not be loaded.'));
    };
    document.head.append(script);
  });
}
