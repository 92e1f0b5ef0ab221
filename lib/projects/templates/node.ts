export const nodeTemplate = {
  'README.md': `# Node project

\`npm start\` runs it, \`npm test\` tests it. Node 20 or newer, no dependencies.
`,
  'package.json': `${JSON.stringify(
    {
      name: 'project',
      version: '0.1.0',
      private: true,
      type: 'module',
      engines: { node: '>=20' },
      scripts: { start: 'node src/main.js', test: 'node --test' },
    },
    null,
    2,
  )}\n`,
  '.gitignore': 'node_modules/\n',
  'src/greet.js': `export function greet(name) {
  return \`Hello, \${name}!\`;
}
`,
  'src/main.js': `import { greet } from './greet.js';

console.log(greet(process.argv[2] ?? 'world'));
`,
  'test/greet.test.js': `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { greet } from '../src/greet.js';

test('greets by name', () => {
  assert.equal(greet('Ada'), 'Hello, Ada!');
});
`,
};
