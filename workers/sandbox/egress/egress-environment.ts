import type { ForwardedPort } from '../inside/forward-ports.ts';
import type { Registry } from './host-registry.ts';

const port = 3128;
const inside = '/run/egress';
const certificates = '/etc/ssl/egress-ca.pem';
const certificateVariables = [
  ...['CURL_CA_BUNDLE', 'GIT_SSL_CAINFO', 'NODE_EXTRA_CA_CERTS', 'PIP_CERT', 'REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE', 'npm_config_cafile'],
];

/**
 * How a program behind a wall reaches the proxy: bubblewrap's arguments, the port to forward, and the variables that tools read.
 * @param proxy the proxy's socket on the host, or a folder in which one called `socket` may come and go
 */
export function egressEnvironment({ registry, proxy }: { registry: Registry; proxy: { socket: string } | { folder: string } }) {
  const url = `http://127.0.0.1:${port}`;
  const forward: ForwardedPort = { port, socket: 'folder' in proxy ? `${inside}/socket` : inside };
  return {
    view: [
      ...('folder' in proxy ? ['--ro-bind', proxy.folder, inside] : ['--bind', proxy.socket, inside]),
      ...(registry.caFile ? ['--ro-bind', registry.caFile, certificates] : []),
    ],
    forward,
    env: {
      ALL_PROXY: url,
      HTTPS_PROXY: url,
      HTTP_PROXY: url,
      NODE_USE_ENV_PROXY: '1',
      NO_PROXY: 'localhost,127.0.0.1,::1',
      PIP_PROXY: url,
      all_proxy: url,
      http_proxy: url,
      https_proxy: url,
      no_proxy: 'localhost,127.0.0.1,::1',
      npm_config_https_proxy: url,
      npm_config_proxy: url,
      npm_config_registry: registry.url,
      ...(registry.caFile ? Object.fromEntries(certificateVariables.map((name) => [name, certificates])) : {}),
    } as Record<string, string>,
  };
}
