#!/usr/bin/env node
// Plain JavaScript for Node 20 and without dependencies: it runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const entries = {
  start: ['bin/start/main.ts'],
  web: ['bin/start/part.ts', 'web'],
  worker: ['bin/start/part.ts', 'worker'],
  bot: ['bin/start/part.ts', 'bot'],
  test: ['bin/test/main.ts'],
  verify: ['bin/test/verify.ts'],
  bench: ['bench/main.ts'],
};
const usage = `Usage: node bin/launch.mjs ${Object.keys(entries).join('|')}`;

const [command = '', ...args] = process.argv.slice(2);
const entry = Object.hasOwn(entries, command) ? entries[command] : quit(usage);
if (needsInstall()) install();
run(findNode(), [...entry, ...args]);

/** Whether node_modules differs from the lock file. npm writes its own list as the last act of an install. */
function needsInstall() {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted) quit('package-lock.json is missing: this is not a whole checkout of Choir.');
  if (!installed) return true;
  const direct = wanted['']?.optionalDependencies ?? {};
  return Object.entries(wanted).some(([path, { version, optional, os, cpu }]) => {
    if (path === '') return false;
    if (installed[path]) return installed[path].version !== version;
    const fits = (!os || os.includes(process.platform)) && (!cpu || cpu.includes(process.arch));
    return !optional || (fits && path.slice('node_modules/'.length) in direct);
  });
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function install() {
  console.log('Installing the locked dependencies. This takes about half a minute, once.');
  const npm = process.env.npm_execpath;
  const options = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const [file, before] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const { status, error } = spawnSync(file, [...before, ...options], { cwd: root, stdio: 'inherit', env: withoutSecrets(process.env) });
  if (error) quit(`npm could not be started (${error.message}). Install Node.js with npm and try again.`);
  if (status !== 0) quit('The dependencies could not be installed: see what npm says above, then try again.');
}

/** Packages run scripts of their own as they are installed: what is meant for Choir alone is not for them. */
function withoutSecrets(environment) {
  const own = /^(?:ANTHROPIC|CLAUDE|OPENAI|CODEX|GOOGLE|GEMINI|TELEGRAM|DATABASE|NATS|CHOIR)_/;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !own.test(name)));
}

/** Node 24 as an npm package where there is one, else the Node that runs this file. */
function findNode() {
  const packaged = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(packaged) && spawnSync(packaged, ['--version']).status === 0) return packaged;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  return quit(`Choir needs Node.js 22.18 or newer on ${process.platform}-${process.arch}; this is ${process.versions.node}.`);
}

function run(node, argv) {
  const { npm_node_execpath: _execpath, NODE: _node, ...environment } = process.env;
  const options = ['--disable-warning=ExperimentalWarning', '--import', './bin/quick-start.mjs'];
  const child = spawn(node, [...options, ...argv], { cwd: root, env: environment, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => quit(`${node} could not be started: ${error.message}`));
  child.once('exit', (code, signal) => {
    if (!signal) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function quit(message) {
  console.error(message);
  process.exit(1);
}
