// Runs inside the sandbox, as the agent: carries 127.0.0.1:<port> to a socket for every "<port>=<socket>" before "--", each connection anew,
// and starts the program once it can.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { constants } from 'node:os';

const words = process.argv.slice(2);
const end = words.indexOf('--');
const [program, ...args] = words.slice(end + 1);

for (const [port, socket] of words.slice(0, end).map((word) => word.split('='))) {
  const server = createServer((inner) => {
    const outer = connect(socket);
    inner.on('error', () => outer.destroy());
    outer.on('error', () => inner.destroy());
    inner.pipe(outer).pipe(inner);
  });
  await once(server.listen(Number(port), '127.0.0.1'), 'listening');
}

const command = spawn(program, args, { stdio: 'inherit' });
command.on('error', (error) => {
  process.stderr.write(`${program}: ${error.message}\n`);
  process.exit(127);
});
command.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)));
