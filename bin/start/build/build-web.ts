import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findServer } from '#bin/services/served-build.ts';
import { logTail, type ServiceProcess, startProcess } from '#bin/services/service-process.ts';
import { withoutModelSecrets } from '#lib/settings.ts';
import { StartProblem } from '../problem.ts';
import { buildServiceWorker, serviceWorkerPath } from './build-service-worker.ts';
import { compressFiles } from './compress-files.ts';
import { hintScripts } from './hint-scripts.ts';

const sources = [
  'app',
  'bin/start/build',
  'lib',
  'public',
  'instrumentation-client.ts',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
];

export type WebBuild = { needed: boolean; run(onStart: (build: ServiceProcess) => void): Promise<void> };

/**
 * The build of the web app in the checkout `root`: needed when anything it is made from differs from what the last one was made from. `run` refuses
 * while a server still serves that one.
 */
export function planWebBuild(root: string, files: { log: string; record?: string }): WebBuild {
  const stamp = join(root, '.next', 'choir-build');
  const fingerprint = fingerprintOf(root);
  const built = [join(root, '.next', 'BUILD_ID'), join(root, serviceWorkerPath), stamp].every((file) => existsSync(file));
  const needed = !built || readFileSync(stamp, 'utf8') !== fingerprint;
  return {
    needed,
    async run(onStart) {
      const server = findServer(root);
      if (server)
        throw new StartProblem(
          `Choir has changed since it was built, and one that was built before still runs from ${root}: process ${server.pid}, ${server.about}. A build now would take its pages away. Stop that one first, or use a checkout of its own for this.`,
        );
      await buildServiceWorker(root, fingerprint.slice(0, 16));
      const build = await startProcess({
        argv: [process.execPath, join(root, 'node_modules', 'next', 'dist', 'bin', 'next'), 'build'],
        cwd: root,
        ...files,
        env: { ...withoutModelSecrets(process.env), NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      });
      onStart(build);
      const reason = await build.exited;
      if (reason !== 'exit code 0')
        throw new StartProblem(`The web app could not be built (${reason}). ${files.log} says:\n${logTail(files.log, 12)}`);
      await hintScripts(join(root, '.next', 'static', 'chunks'));
      await compressFiles(join(root, '.next', 'static'));
      writeFileSync(stamp, fingerprint);
    },
  };
}

function fingerprintOf(root: string): string {
  const hash = createHash('sha256').update(process.version);
  for (const source of sources) {
    const path = join(root, source);
    if (!existsSync(path)) continue;
    // What the build writes itself is none of what it is made from.
    const files = filesUnder(path).filter((file) => file !== join(root, serviceWorkerPath));
    for (const file of files) hash.update(`\0${file.slice(root.length)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function filesUnder(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  const entries = readdirSync(path, { withFileTypes: true, recursive: true, encoding: 'utf8' });
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
