import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // `next dev` refuses its own live socket from any name but localhost.
  allowedDevOrigins: ['127.0.0.1'],
  // A browser asks for this by itself where a page names its icon later than it looks for one.
  redirects: async () => [{ source: '/favicon.ico', destination: '/icon.svg', permanent: true }],
  // `npm run verify` checks types for the whole house; the build repeats none of it.
  typescript: { ignoreBuildErrors: true },
  // Loaded from node_modules as they are: they hold sockets, native parts or dynamic requires that a bundle breaks.
  serverExternalPackages: [
    '@nats-io/jetstream',
    '@nats-io/jwt',
    '@nats-io/nkeys',
    '@nats-io/transport-node',
    'drizzle-orm',
    'postgres',
    'yauzl',
  ],
};

export default config;
