import { runProgram } from './run-program.mjs';
import { serveTools, texts } from './serve-tools.mjs';

const { CHOIR_BRANCH: branch = 'main' } = process.env;

/** A revision as a person writes one, and never an option. */
function revision(text = branch) {
  if (!/^[\w][\w./~^@{}-]{0,200}$/.test(text)) throw new Error(`${JSON.stringify(text)} is no revision.`);
  return text === 'HEAD' || text.startsWith('HEAD~') || text.startsWith('HEAD^') ? text.replace('HEAD', branch) : text;
}

const git = (...args) => runProgram('git', ['--no-pager', '-c', 'safe.directory=*', ...args]);
const only = (path) => ['--', ...(path ? [path] : [])];
const from = 'a commit, or HEAD~2; the newest without it';

await serveTools('git', {
  log: {
    description: 'The latest commits, of all files or of one.',
    input: texts({ path: 'of this file or folder alone', revision: from }),
    run: ({ path, revision: at }) => git('log', '-50', '--date=iso-strict', '--format=%h  %ad  %an  %s', revision(at), ...only(path)),
  },
  show: {
    description: 'One commit: its message and what it changed.',
    input: texts({ revision: from }),
    run: ({ revision: at }) => git('show', '--no-ext-diff', '--no-textconv', '--stat', '--patch', revision(at)),
  },
  blame: {
    description: 'Which commit last changed each line of a file.',
    input: texts({ 'path!': 'a file', revision: from }),
    run: ({ path, revision: at }) => git('blame', '--date=short', revision(at), '--', path),
  },
  diff: {
    description: 'What lies between two commits.',
    input: texts({ 'from!': 'a commit', to: from, path: 'of this file or folder alone' }),
    run: ({ from: start, to, path }) => git('diff', '--no-ext-diff', '--no-textconv', revision(start), revision(to), ...only(path)),
  },
  read: {
    description: 'A file as a commit had it.',
    input: texts({ 'path!': 'a file', revision: from }),
    run: ({ path, revision: at }) => git('show', '--no-textconv', `${revision(at)}:${path}`),
  },
});
