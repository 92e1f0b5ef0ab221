import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { choirInBrowser } from './choir-in-browser.ts';
import { expectAccessible } from './expect-accessible.ts';
import { patience } from './thread-page.ts';
import { tone } from './tone.ts';
import { zipProject } from './zip-project.ts';

const { choir, open } = choirInBrowser();

/** Where a page's scripts try to call out to. */
const outside = createSocket('udp4').unref();
let calls = 0;
outside.on('message', () => (calls += 1)).bind(0, '127.0.0.1');
await once(outside, 'listening');

/** A PDF with a line of words on each of its pages. */
function pdf(...words: string[]): string {
  const font = '<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>';
  const pages = words.flatMap((line, index) => {
    const drawing = `BT /F 24 Tf 20 200 Td (${line}) Tj ET`;
    const [page, contents] = [3 + index * 2, 4 + index * 2];
    return [
      `${page} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Contents ${contents} 0 R/Resources${font}>>endobj`,
      `${contents} 0 obj<</Length ${drawing.length}>>stream\n${drawing}\nendstream endobj`,
    ];
  });
  const kids = words.map((_, index) => `${3 + index * 2} 0 R`).join(' ');
  const tree = `2 0 obj<</Type/Pages/Kids[${kids}]/Count ${words.length}>>endobj`;
  return ['%PDF-1.4', '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj', tree, ...pages, 'trailer<</Root 1 0 R>>', '%%EOF\n'].join('\n');
}

const largeDiagram = `flowchart LR\n${Array.from({ length: 40 }, (_, at) => `A${at} --> A${at + 1}`).join('\n')}`;
const hostile = '<img src=x onerror="document.title=`hacked`"><script>document.title="hacked"</script>';
const files: Record<string, string | Buffer> = {
  'tone.wav': tone(),
  'short.wav': tone(1.2),
  'cells.csv': `name,count\n"${hostile.replaceAll('"', '""')}",2\n${Array.from({ length: 20_000 }, (_, at) => `row ${at},${at % 977}`).join('\n')}\n`,
  'words.md': `# Words\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n$x^2$\n\n\`\`\`mermaid\nflowchart LR\n  A["${hostile.replaceAll('"', "'")}"] --> B\n\`\`\`\n\n\`\`\`mermaid\n${largeDiagram}\n\`\`\`\n\n${hostile}\n\n[go](javascript:alert(1))\n`,
  'book.ipynb': JSON.stringify({
    nbformat: 4,
    metadata: {},
    cells: [
      { cell_type: 'code', source: 'show()', outputs: [{ output_type: 'display_data', data: { 'text/html': `<p>table</p>${hostile}` } }] },
    ],
  }),
  'picture.svg': `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="9"/><script>document.title="hacked"</script></svg>`,
  'sheet.pdf': pdf('Loaves'),
  'broken.png': hostile,
  'site/index.html': `<!doctype html><link rel="stylesheet" href="look.css"><h1>Bakery</h1><p id="said">still</p>
    <img src="https://outside.invalid/x.png"><script type="module" src="run.js"></script>`,
  'site/look.css': 'h1 { color: rgb(1, 2, 3) }',
  'site/run.js': `let cookie; try { cookie = document.cookie } catch { cookie = 'refused' }
    const reach = async (url) => fetch(url).then(() => 'reached', () => 'refused');
    const call = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:${outside.address().port}' }] });
    call.createDataChannel('out');
    await call.setLocalDescription();
    while (call.iceGatheringState !== 'complete') await new Promise((heard) => call.addEventListener('icegatheringstatechange', heard));
    const told = [cookie, await reach('/api/threads'), await reach('https://outside.invalid/'), await reach('look.css')];
    document.getElementById('said').textContent = told.join(' ');`,
};

async function thread(): Promise<string> {
  const projectId = await zipProject(choir(), 'media', files);
  return (await choir().api<{ threadId: string }>('POST', '/api/threads', { projectId, goal: 'create done.txt with yes' })).threadId;
}

/** How light the painted parts of a picture are on average, from 0 to 255. */
function lightness(picture: Locator): Promise<number> {
  return picture.evaluate(async (image: HTMLImageElement) => {
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: image.naturalWidth, height: image.naturalHeight });
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    const { data = [] } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
    let [sum, painted] = [0, 0];
    for (let at = 0; at < data.length; at += 4) {
      if ((data[at + 3] ?? 0) < 255) continue;
      sum += data[at] ?? 0;
      painted += 1;
    }
    return sum / painted;
  });
}

describe('media', () => {
  it('are shown as what they are, run nothing as Choir, and ask nobody outside', async () => {
    const threadId = await thread();
    const { page, tolerate } = await open('phone', `/threads/${threadId}/media`);
    tolerate(/csp GET|Content Security Policy|Content-Security-Policy|sandboxed|ERR_FAILED|blocked/i);
    const asked: string[] = [];
    page.on('response', (response) => asked.push(new URL(response.url()).host));
    await page.getByRole('link', { name: 'picture.svg' }).waitFor();
    await expectAccessible(page);
    const show = (path: string) => page.goto(`/threads/${threadId}/files?path=${encodeURIComponent(path)}`);

    await page.getByRole('link', { name: 'tone.wav' }).tap();
    await page.getByRole('link', { name: 'Back to Media' }).tap();
    await page.getByRole('link', { name: 'tone.wav' }).tap();
    await page.getByRole('button', { name: 'Play' }).first().tap();
    const player = page.getByRole('region', { name: 'Player' });
    await page.getByRole('slider', { name: 'Position' }).waitFor();
    expect(await player.count()).toBe(0);
    await page.getByRole('link', { name: 'Conversation' }).tap();
    await page.getByLabel(/Next goal|Guidance/).waitFor();
    await player.getByText('tone.wav').waitFor();
    await player.getByRole('button', { name: /Play|Pause/ }).waitFor();
    await player.getByRole('slider', { name: 'Position' }).fill('3');
    await player.getByText('0:03 of 0:03').waitFor();
    await expectAccessible(page);

    await show('short.wav');
    await page.locator('[data-waveform]').tap();
    const waveform = page.getByRole('slider', { name: 'Position' });
    const position = async () => Number(await waveform.inputValue());
    await expect.poll(position).toBeCloseTo(1.2);
    const { width = 0 } = (await waveform.boundingBox()) ?? {};
    await waveform.click({ position: { x: 0.6 * width, y: 40 } });
    await expect.poll(position).toBeCloseTo(0.72, 1);

    await show('broken.png');
    await page.getByText('This is not a picture').waitFor();

    const save = async (path: string, text: string) => {
      const baseCheckpointId = (await choir().thread(threadId)).currentCheckpointId;
      await choir().api('PUT', `/api/threads/${threadId}/files`, { path, text, baseCheckpointId });
    };
    await show('picture.svg');
    const picture = page.getByRole('img', { name: 'picture.svg' });
    const first = await picture.getAttribute('src');
    await save('other.txt', 'what leaves the picture as it was');
    await page.getByText('at #2').waitFor();
    expect(await picture.getAttribute('src')).toBe(first);
    await save('picture.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30"/></svg>');
    await page.getByText('40 × 30').waitFor();
    await show('tone.wav');
    await page.getByRole('button', { name: 'Play' }).first().tap();
    await save('tone.wav', 'no sound at all');
    await page.getByText('15 B').waitFor();
    await player.getByRole('slider', { name: 'Position' }).fill('2');
    await player.getByText('0:02 of 0:03').waitFor();
    await show('sheet.pdf');
    await page.getByText('Loaves').waitFor();
    await save('sheet.pdf', pdf('Loaves', 'Rolls'));
    await page.getByRole('region', { name: 'Page 2' }).getByText('Rolls').waitFor();
    await show('cells.csv');
    await page.getByText('20,001 rows').waitFor();
    await page.getByRole('button', { name: 'Order by count' }).tap();
    await page.getByRole('searchbox').fill('row 1999');
    await page.getByText('11 rows').waitFor();
    await expectAccessible(page);

    await page.goto(`/threads/${threadId}/files?path=words.md#L3`);
    await page.getByText('Line 3', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Preview' }).tap();
    const diagrams = page.getByRole('img', { name: 'Diagram' });
    await diagrams.waitFor();
    await page.getByRole('button', { name: 'Draw' }).tap();
    await expect.poll(() => diagrams.count(), patience).toBe(2);
    const drawnLight = await Promise.all([lightness(diagrams.first()), lightness(diagrams.last())]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(() => lightness(diagrams.first()), patience).toBeLessThan(drawnLight[0] - 20);
    await expect.poll(() => lightness(diagrams.last()), patience).toBeLessThan(drawnLight[1] - 20);
    await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'light'));
    await expect.poll(() => lightness(diagrams.first()), patience).toBeCloseTo(drawnLight[0], 0);
    await page.locator('math').first().waitFor();
    await expectAccessible(page);

    await show('book.ipynb');
    await page.frameLocator('iframe').getByText('table').waitFor();

    await show('site/index.html');
    const frame = page.frameLocator('iframe');
    await frame.getByText('still').waitFor();
    const colour = () => frame.getByRole('heading').evaluate((heading) => getComputedStyle(heading).color);
    await expect.poll(colour, patience).toBe('rgb(1, 2, 3)');
    await page.getByRole('button', { name: 'With its scripts' }).tap();
    await frame.getByText('refused refused refused reached').waitFor();
    expect(calls).toBe(0);
    expect(await page.title()).not.toContain('hacked');
    expect(new Set(asked)).toEqual(new Set([new URL(choir().url).host, ...asked.filter((host) => host === '')]));
  });
});
