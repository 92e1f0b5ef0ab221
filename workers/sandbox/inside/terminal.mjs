// Runs inside the sandbox, as the agent: keeps a program in a terminal (tmux), takes what is typed as JSON lines, and tells its screen when it
// changes. Arguments: the tmux, columns, rows, "--", the program.
// It looks again and again: tmux 3.3 loses hooks, and crashes when a pane is started anew under a client in control mode.
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

const [tmux, columns, rows, , ...program] = process.argv.slice(2);
const socket = `${process.env.TMPDIR}/terminal`;
const lastSignal = 64;
const paceMs = { lively: 250, slow: 1_000 };
/** So many looks without a change, and it is waited for; so many with one, and it is a spinner that would fill the log. */
const looksUntilSlow = 40;

/**
 * A shell stays behind the program: tmux 3.3 forgets the exit code of one program in four, and what the last one printed when it has not read all of it
 * (14 of 60 that printed 100 KB). It says that it is over by the title, behind whatever was printed.
 */
const exitCode = `${process.env.TMPDIR}/terminal-exit`;
const noteExit = [
  'rm -f "$0"; trap : INT QUIT; "$@"; echo $? > "$0"; trap "" INT QUIT TSTP',
  String.raw`printf '\030\033\\\033]2;ended %s\033\\' $$`,
  'while sleep 86400; do :; done',
].join('; ');
/** Without what only the terminal itself needs. */
const command = ['sh', '-c', noteExit, exitCode, 'env', '-u', 'LD_LIBRARY_PATH', '-u', 'TMUX', '-u', 'TMUX_PANE', ...program];
const options = {
  'default-terminal': 'screen-256color',
  'allow-set-title': 'on',
  'escape-time': '0',
  'history-limit': '5000',
  'remain-on-exit': 'on',
  'remain-on-exit-format': '',
  'set-clipboard': 'off',
  status: 'off',
};

async function run(words, input = '') {
  const child = spawn(tmux, ['-f', '/dev/null', '-S', socket, ...words], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.on('error', () => {}).end(input);
  const exited = new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve));
  const [output, code] = await Promise.all([text(child.stdout), exited]);
  if (code !== 0) throw new Error(`The terminal answered with exit code ${code}.`);
  return output;
}

function say(news) {
  process.stdout.write(`${JSON.stringify(news)}\n`);
}

const isOver = '#{||:#{pane_dead},#{==:#{pane_title},ended #{pane_pid}}}';
const facts = `#{pane_pid} #{cursor_x} #{cursor_y} #{pane_width} #{pane_height} ${isOver}`;
let shown = '';
let ended = null;

/** Whether something changed. */
async function look({ always = false } = {}) {
  const captured = await run(['display-message', '-p', '-t', 'main', facts, ';', 'capture-pane', '-p', '-t', 'main']);
  if (captured === shown && !always) return false;
  shown = captured;
  const [head = '', ...screen] = captured.replace(/\n$/, '').split('\n');
  const [pid, x, y, width, height, over] = head.split(' ').map(Number);
  say({ type: 'screen', screen, cursor: [x, y], size: [width, height] });
  if (over && ended !== pid) {
    ended = pid;
    say({ type: 'exited', code: await readExitCode() });
  }
  return true;
}

/** A shell gives 128 and its number for a signal. */
async function readExitCode() {
  const noted = await readFile(exitCode, 'utf8').catch(() => '');
  const code = Number(noted);
  return noted.trim() === '' || !Number.isInteger(code) || (code > 128 && code <= 128 + lastSignal) ? null : code;
}

let wake = () => {};

async function watch() {
  for (let [still, restless] = [0, 0]; ; ) {
    const changed = await look();
    still = changed ? 0 : still + 1;
    restless = changed ? restless + 1 : 0;
    const isSlow = Math.max(still, restless) > looksUntilSlow;
    const timer = new Promise((resolve) => setTimeout(() => resolve(false), isSlow ? paceMs.slow : paceMs.lively));
    const woken = new Promise((resolve) => {
      wake = () => resolve(true);
    });
    if (await Promise.race([timer, woken])) [still, restless] = [0, 0];
  }
}

const paste = ['load-buffer', '-b', 'typed', '-', ';', 'paste-buffer', '-p', '-d', '-b', 'typed', '-t', 'main'];

const requests = {
  text: ({ text: typed, enter }) => run([...paste, ...(enter ? [';', 'send-keys', '-t', 'main', 'Enter'] : [])], typed),
  keys: ({ keys }) => run(['send-keys', '-t', 'main', '--', ...keys]),
  screen: () => look({ always: true }),
  start: () => run(['respawn-pane', '-k', '-t', 'main', '--', ...command]),
};

const settings = Object.entries(options).flatMap(([name, value]) => ['set-option', '-gq', name, value, ';']);
await run(['start-server', ';', ...settings, 'new-session', '-d', '-s', 'main', '-x', columns, '-y', rows, '--', ...command]);
void watch();

for await (const line of createInterface({ input: process.stdin })) {
  try {
    const request = JSON.parse(line);
    if (!Object.hasOwn(requests, request.type)) throw new Error('A terminal takes text, keys, screen and start.');
    await requests[request.type](request);
    wake();
  } catch (error) {
    say({ type: 'refused', reason: error.message });
  }
}
process.exit(0);
