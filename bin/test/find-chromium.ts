import { spawnSync } from 'node:child_process';
import { findOnPath } from '#bin/services/find-on-path.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macPath = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** Path of the browser for end-to-end tests: CHOIR_TEST_CHROMIUM, or what is installed. */
export function findChromium(): string | undefined {
  if (process.env.CHOIR_TEST_CHROMIUM) return process.env.CHOIR_TEST_CHROMIUM;
  const installed = names.map(findOnPath).find((path) => path !== undefined);
  return installed ?? (process.platform === 'darwin' ? findOnPath(macPath) : undefined);
}

/** The same, installed from the system's packages first where this user may do that. */
export function bringChromium(report: (line: string) => void): string | undefined {
  const present = findChromium();
  if (present || process.getuid?.() !== 0 || !findOnPath('apt-get')) return present;
  report('Installing Chromium for the end-to-end tests');
  const apt = (...args: string[]) =>
    spawnSync('apt-get', ['-qq', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  apt('update');
  apt('install', '--yes', '--no-install-recommends', 'chromium', 'fonts-dejavu-core');
  return findChromium();
}
