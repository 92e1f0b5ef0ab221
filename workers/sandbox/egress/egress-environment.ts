import { fileURLToPath } from 'node:url';
import type { Registry } from './host-registry.ts';

const port = 3128;
const forwarder = { outside: fileURLToPath(new URL('./egress-forwarder.mjs', import.meta.url)), inside: '/run/egress.mjs' };
const socketInside = '/run/egress.sock';
const certificates = '/etc/ssl/egress-ca.pem';

/**
 * How a command behind a wall reaches the proxy: the socket and a forwarder bound into its view, the variables that tools
 * read, and what stands before its argv.
 */
export function egressEnvironment({ registry, socket }: { registry: Registry; socket: string }) {
  const proxy = `http://127.0.0.1:${port}`;
  const trust = registry.caFile
    ? Object.fromEntries(
        [
          'CURL_CA_BUNDLE',
          'GIT_SSL_CAINFO',
          'NODE_EXTRA_CA_CERTS',
          'PIP_CERT',
          'REQUESTS_CA_BUNDLE',
          'SSL_CERT_FILE',
          'npm_config_cafile',
        ].map((name) => [name, certificates]),
      )
    : {};
  return {
    view: [
      ...['--bind', socket, socketInside, '--ro-bind', forwarder.outside, forwarder.inside],
      ...(registry.caFile ? ['--ro-bind', registry.caFile, certificates] : []),
    ],
    argv: ['node', forwarder.inside, socketInside, String(port)],
    env: {
      ALL_PROXY: proxy,
      HTTPS_PROXY: proxy,
      HTTP_PROXY: proxy,
      NODE_USE_ENV_PROXY: '1',
      NO_PROXY: 'localhost,127.0.0.1,::1',
      PIP_PROXY: proxy,
      all_proxy: proxy,
      http_proxy: proxy,
      https_proxy: proxy,
      no_proxy: 'localhost,127.0.0.1,::1',
      npm_config_https_proxy: proxy,
      npm_config_proxy: proxy,
      npm_config_registry: registry.url,
      ...trust,
    } as Record<string, string>,
  };
}
