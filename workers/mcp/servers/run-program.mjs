import { spawn } from 'node:child_process';

const outputLimit = 200_000;

/** What a program prints. Throws with what it said when it fails, unless its exit code is one of `fine`. */
export function runProgram(command, args, { fine = [0] } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'])
      child[stream].setEncoding('utf8').on('data', (text) => {
        if (said[stream].length < outputLimit) said[stream] += text;
      });
    child.once('error', (error) => reject(new Error(error.code === 'ENOENT' ? `${command} is not in the sandbox.` : error.message)));
    child.once('close', (code) => {
      if (fine.includes(code)) resolve(said.stdout);
      else reject(new Error(`${said.stderr || said.stdout || `${command} ended with exit code ${code}.`}`.trim()));
    });
  });
}
