import type { MetadataRoute } from 'next';
import { paperColors } from './_ui/theme.ts';

export default function manifest(): MetadataRoute.Manifest {
  return {
    id: '/',
    name: 'Choir',
    short_name: 'Choir',
    description: 'Hand goals to coding agents, watch them work, take any of it back.',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: paperColors.light,
    theme_color: paperColors.light,
    categories: ['developer', 'productivity'],
    shortcuts: [
      { name: 'New goal', url: '/#goal', icons: [{ src: '/icon-192.png', sizes: '192x192' }] },
      { name: 'Needs you', url: '/needs-you', icons: [{ src: '/icon-192.png', sizes: '192x192' }] },
    ],
    share_target: {
      action: '/share',
      method: 'post',
      enctype: 'multipart/form-data',
      params: { title: 'title', text: 'text', url: 'url', files: [{ name: 'files', accept: ['*/*'] }] },
    },
    launch_handler: { client_mode: 'navigate-existing' },
    icons: [
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  };
}
