import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { terminalProgram } from '#lib/agents/catalog/terminal.ts';
import { cleanScreen } from './clean-screen.ts';
import { printedSince } from './printed-since.ts';
import { readScreen, type ScreenProtocol, stillnessFor } from './read-screen.ts';
import { emptyTerminal, foldTerminal, type TerminalView } from './terminal-view.ts';
import { typedRequest } from './typed-request.ts';

const protocol = terminalProgram.protocol as ScreenProtocol;

/** As tmux shows it: rows without trailing spaces, the cursor on the last one. */
function showing(text: string): TerminalView {
  const rows = text.split('\n');
  const padded = [...rows.map((row) => row.trimEnd()), ...Array<string>(5).fill('')];
  return { ...emptyTerminal, rows: padded, cursorRow: rows.length - 1, screenLine: 2, typedLine: 1 };
}

describe('what a screen says', () => {
  test.each([
    'Ok to proceed? (y) ',
    'Overwrite? [y/N] ',
    'Are you sure you want to continue connecting (yes/no/[fingerprint])? ',
    'Password: ',
    "Password for 'https://example.com': ",
    'Press ENTER to continue',
    '? Project name: › vite-project',
    '? Select a framework: › - Use arrow-keys. Return to submit.\n❯   Vanilla\n    Vue\n    React\n',
    '┌  create\n│\n◆  Project name:\n│  vite-project\n└',
    'What is your name? ',
  ])('%j waits', (text) => expect(readScreen(protocol, showing(text))).toBe('waiting'));

  test.each([
    'Python 3.13\n>>> ',
    '>>> if True:\n... ',
    'Welcome to Node.js v24.\n> ',
    'bash-5.2$ ',
    'me@host:~/work$ ',
    'done\n❯ ',
    'sqlite> ',
    'postgres=# ',
    '(gdb) \nmysql> ',
  ])('%j is ready', (text) => expect(readScreen(protocol, showing(text))).toBe('idle'));

  test.each([
    '',
    '>>> time.sleep(30)\n',
    'Overwrite? [y/N] y\n',
    'Password:\n',
    '> project@1.0.0 test\n> vitest run\n',
    'Downloading 45%',
    '######',
    'Loading...',
    '(1/3) building',
    '❯ make all\ncompiling',
  ])('%j works', (text) => expect(readScreen(protocol, showing(text))).toBe('unclear'));

  test('a spinner is never taken for a prompt, however long it stands', () => {
    const view = showing('⠹ Installing dependencies');
    expect(stillnessFor(readScreen(protocol, view), protocol, view)).toBe(Number.POSITIVE_INFINITY);
  });

  test('what stood there before something was typed must stand much longer', () => {
    const asked = showing('Name? ');
    const answered = { ...asked, typedLine: 3 };
    expect(stillnessFor('waiting', protocol, answered)).toBeGreaterThan(stillnessFor('waiting', protocol, asked));
  });

  test('no screen makes it slow or fail', () => {
    const row = fc.string({ unit: fc.constantFrom('?', ' ', '❯', '[', 'y', '/', ')', '>', ':', '⠹', '.', 'a'), maxLength: 100 });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 50 }), fc.nat(), (rows, cursorRow) => {
        readScreen(protocol, { ...emptyTerminal, rows, cursorRow });
      }),
    );
    const worst = [`❯ ${'a '.repeat(50)}`, ...Array<string>(10).fill('? ['.repeat(33)), '['.repeat(100)];
    expect(readScreen(protocol, { ...emptyTerminal, rows: worst, cursorRow: 11 })).toBeTruthy();
  });
});

describe('what was printed since', () => {
  test('is what stands below, with what was typed behind the prompt', () => {
    expect(printedSince(['>>>', '', ''], ['>>> 1 + 1', '2', '>>>'])).toEqual(['>>> 1 + 1', '2', '>>>']);
    expect(printedSince(['a', 'b', '$'], ['b', '$ ls', 'c', '$'])).toEqual(['$ ls', 'c', '$']);
  });
  test('is nothing where nothing changed, and everything where nothing is left of the screen before', () => {
    expect(printedSince(['a', '$'], ['a', '$', ''])).toEqual([]);
    expect(printedSince(['a', '$'], ['other'])).toEqual(['other']);
    expect(printedSince([], ['a', 'b', ''])).toEqual(['a', 'b']);
  });
});

test('a screen is shown without anything that does not stand on it', () => {
  expect(cleanScreen(['red\u001b[31m\u0000', 'a\u202eb\u200b', '', ''])).toBe('red[31m\nab');
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (rows) => {
      const text = cleanScreen(rows);
      expect(text).not.toMatch(/[^\P{C}\n\p{Co}\p{Cn}]/u);
      expect(text.isWellFormed() && text.length <= 20_000).toBe(true);
    }),
  );
});

test('keys are pressed where a person names nothing else; words have no control characters', () => {
  expect(typedRequest('<Down> <Space>', 'a')).toEqual({ type: 'keys', keys: ['Down', 'Space', 'Enter'], about: 'a' });
  expect(typedRequest('<Down> please', 'a')).toEqual({ type: 'text', text: '<Down> please', enter: true, about: 'a' });
  expect(typedRequest('one\ntwo\u001b[201~\u0003', 'a')).toEqual({ type: 'text', text: 'one\ntwo[201~', enter: true, about: 'a' });
  expect(typedRequest('', 'a')).toEqual({ type: 'keys', keys: ['Enter'], about: 'a' });
});

test('whatever comes out of a sandbox, the view stays one', () => {
  const news = fc.oneof(
    fc.string(),
    fc.json(),
    fc.constant('{"type":"screen","screen":["a"],"cursor":[0,0]}'),
    fc.constant('{"type":"exited","code":0}'),
  );
  fc.assert(
    fc.property(fc.array(news), (texts) => {
      const view = texts.reduce((before, text, index) => foldTerminal(before, { n: index + 1, direction: 'out', text }), emptyTerminal);
      expect(view.told.size).toBe(0);
      expect(view.rows.every((row) => typeof row === 'string')).toBe(true);
    }),
  );
});
