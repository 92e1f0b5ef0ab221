import { expect, test } from 'vitest';
import { rawResponse } from './raw-response.ts';

const raw = (path: string, content: string | Buffer, range: string | null = null) =>
  rawResponse(Buffer.from(content), { path, isText: false, download: false, range });

test.each(['a.html', 'a.htm', 'a.xhtml', 'a.xml', 'a.js', 'a.svgz', 'noext', 'a.pdf'])('shows %s as plain text or not at all', (path) => {
  const type = raw(path, '<script>alert(1)</script>').headers.get('content-type');
  expect(type).toBe('text/plain; charset=utf-8');
});

test('every file is sandboxed and never sniffed', () => {
  for (const path of ['a.html', 'a.svg', 'a.png', 'a.bin']) {
    const { headers } = raw(path, '\0');
    expect(headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
});

test('shows safe media inline, and gives unknown bytes to save', () => {
  expect(raw('a/B.PNG', '\0').headers.get('content-type')).toBe('image/png');
  expect(raw('a/B.PNG', '\0').headers.get('content-disposition')).toMatch(/^inline/);
  const unknown = raw('tool.exe', 'MZ\0\0');
  expect(unknown.headers.get('content-type')).toBe('application/octet-stream');
  expect(unknown.headers.get('content-disposition')).toMatch(/^attachment/);
});

test('a hostile name stays one file name in the header', () => {
  const { headers } = raw('x/a"\r\nset-cookie: b=1;\'\u202eç.txt', 'text');
  expect(headers.get('content-disposition')).toBe("inline; filename*=UTF-8''a%22%0D%0Aset-cookie%3A%20b%3D1%3B%27%E2%80%AE%C3%A7.txt");
});

test.each([
  ['bytes=0-1', 206, '01', 'bytes 0-1/10'],
  ['bytes=8-', 206, '89', 'bytes 8-9/10'],
  ['bytes=-3', 206, '789', 'bytes 7-9/10'],
  ['bytes=5-99', 206, '56789', 'bytes 5-9/10'],
  ['bytes=10-', 416, '', 'bytes */10'],
  ['bytes=3-2', 416, '', 'bytes */10'],
  ['bytes=0-1,4-5', 200, '0123456789', null],
  ['lines=1-2', 200, '0123456789', null],
])('answers %s with %i', async (range, status, body, contentRange) => {
  const response = raw('a.txt', '0123456789', range);
  expect(response.status).toBe(status);
  expect(await response.text()).toBe(body);
  expect(response.headers.get('content-range')).toBe(contentRange);
});
