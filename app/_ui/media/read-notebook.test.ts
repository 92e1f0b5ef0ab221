import { expect, test } from 'vitest';
import { readNotebook } from './read-notebook.ts';

function notebook(outputs: unknown[]): string {
  return JSON.stringify({
    nbformat: 4,
    metadata: {},
    cells: [
      { cell_type: 'markdown', source: ['# Title\n', 'words'] },
      { cell_type: 'code', source: 'print(1)', execution_count: 3, outputs },
    ],
  });
}

test('reads cells, and of each output the richest that can be shown', () => {
  const cells = readNotebook(
    notebook([
      { output_type: 'stream', name: 'stdout', text: ['1\n', '\u001b[31m2\u001b[0m\n'] },
      { output_type: 'display_data', data: { 'text/plain': '<Figure>', 'image/png': ['iVBO\n', 'Rw0='] } },
      { output_type: 'execute_result', data: { 'text/plain': 'df', 'text/html': ['<table>', '</table>'] } },
      { output_type: 'error', ename: 'ValueError', evalue: 'no', traceback: ['\u001b[0;31mValueError\u001b[0m: no'] },
    ]),
  );
  expect(cells?.[0]).toEqual({ kind: 'markdown', source: '# Title\nwords', number: null, outputs: [] });
  expect(cells?.[1]?.outputs).toEqual([
    { kind: 'text', text: '1\n2\n', error: false },
    { kind: 'image', src: 'data:image/png;base64,iVBORw0=' },
    { kind: 'html', html: '<table></table>' },
    { kind: 'text', text: 'ValueError: no', error: true },
  ]);
});

test('a picture that is no base64 is no address', () => {
  const cells = readNotebook(
    notebook([{ output_type: 'display_data', data: { 'image/png': 'x" onerror="alert(1)', 'text/plain': 'plain' } }]),
  );
  expect(cells?.[1]?.outputs).toEqual([{ kind: 'text', text: 'plain', error: false }]);
});

test('what is no notebook is none', () => {
  for (const text of ['', '{', '[]', '{"cells": 1}', '{"cells": [{"cell_type": "magic", "source": ""}]}'])
    expect(readNotebook(text)).toBeNull();
});
