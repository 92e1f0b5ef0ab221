import { expect, test } from 'vitest';
import { projectPath } from './project-path.ts';

test.each([
  ['guide.md', 'README.md', 'guide.md'],
  ['./guide.md', 'docs/README.md', 'docs/guide.md'],
  ['../assets/logo.png', 'docs/README.md', 'assets/logo.png'],
  ['docs/', 'README.md', 'docs'],
  ['..', 'docs/README.md', ''],
  ['my%20notes.md#first', 'README.md', 'my notes.md'],
  ['src/a.ts?plain=1', '', 'src/a.ts'],
  ['100%.md', 'README.md', '100%.md'],
])('%s leads from %s to %s', (address, from, path) => {
  expect(projectPath(address, from)).toBe(path);
});

test.each([
  ...['', '#first', '?plain=1', '/settings', '//example.org/a', 'https://example.org/a', 'javascript:alert(1)', 'mailto:a@example.org'],
  ...['../a', 'a/../../b', '%2e%2e/a', '%2e%2e%2fa', '%2Fetc/../../passwd', 'a\\b', '..%5ca', 'a%00b'],
])('%s leads to no file of the project', (address) => {
  expect(projectPath(address, 'README.md')).toBeNull();
});
