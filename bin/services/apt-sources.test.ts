import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testHome } from '#tests/services.ts';
import { aptSources, readAptSources } from './apt-sources.ts';

const { root } = await testHome();
await mkdir(join(root, 'sources.list.d'));
await writeFile(
  join(root, 'sources.list'),
  '# deb http://old.example/debian bookworm main\ndeb [arch=amd64 signed-by=/k/deb.gpg] http://one.example/debian bookworm main contrib # note\ndeb-src http://one.example/debian bookworm main\n',
);
await writeFile(
  join(root, 'sources.list.d', 'debian.sources'),
  `Types: deb deb-src
# a comment in between
URIs: http://two.example/debian-security
Suites: bookworm-security
Components: main
Signed-By: /k/security.gpg

Types: deb
URIs: http://off.example/debian
Suites: bookworm
Components: main
Enabled: no
`,
);
await writeFile(join(root, 'sources.list.d', 'other.sources.disabled'), 'Types: deb\nURIs: http://no.example/\nSuites: x\n');

test('reads both formats of apt, without comments, sources and what is switched off', async () => {
  expect(await readAptSources(root)).toEqual([
    { uris: ['http://one.example/debian'], suites: ['bookworm'], components: ['main', 'contrib'], signedBy: '/k/deb.gpg' },
    { uris: ['http://two.example/debian-security'], suites: ['bookworm-security'], components: ['main'], signedBy: '/k/security.gpg' },
  ]);
});

test('turns the main archive, and only that, to another release', async () => {
  expect(aptSources(await readAptSources(root), 'trixie')).toBe(
    'Types: deb\nURIs: http://one.example/debian\nSuites: trixie\nComponents: main\nSigned-By: /k/deb.gpg\n',
  );
});

test('rejects a machine that has no Debian archive', () => {
  expect(() => aptSources([{ uris: ['http://x.example/ubuntu'], suites: ['noble'], components: ['main'] }], 'trixie')).toThrow(
    /no Debian archive/,
  );
});
