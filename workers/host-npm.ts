import { delimiter, sep } from 'node:path';

const kept = /^npm_config_(registry|cafile|globalconfig|userconfig|proxy|https_proxy|noproxy|strict_ssl)$/i;
const added = /^(npm_.*|NODE|NODE_OPTIONS|NODE_ENV)$/i;

/**
 * The environment for the machine's own npm. `npm start` puts this checkout's Node first on the PATH, and an npm that runs on it looks for its
 * global settings there: the machine's registry and certificates would be lost.
 */
export function hostNpmEnvironment(environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const folders = (environment.PATH ?? '').split(delimiter).filter((folder) => !folder.split(sep).includes('node_modules'));
  const own: NodeJS.ProcessEnv = { ...environment, PATH: folders.join(delimiter) };
  for (const name of Object.keys(own)) if (!kept.test(name) && added.test(name)) delete own[name];
  return own;
}
