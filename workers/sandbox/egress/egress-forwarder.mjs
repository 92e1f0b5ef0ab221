// Runs inside the sandbox, as the agent: carries 127.0.0.1:<port> to the proxy's socket, and starts the command once it can.
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { constants } from 'node:os';

const [socket, port, program, ...words] = process.argv.slice(2);

const server = createServer((inner) => {
  const outer = connect(socket);
  inner.on('error', () => outer.destroy());
  outer.on('error', () => inner.destroy());
  inner.pipe(outer).pipe(inner);
});

server.listen(Number(port), '127.0.0.1', () => {
  const command = spawn(program, words, { stdio: 'inherit' });
  command.on('error', (error) => {
    process.stderr.write(`${program}: ${error.message}\n`);
    process.exit(127);
  });
  command.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)));
});
