import './globals.css';
import type { Metadata, Viewport } from 'next';
import localFont from 'next/font/local';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { DevicePlace } from './_ui/device/device-place.tsx';
import { paperColors, readTheme, type Theme, themeCookie } from './_ui/theme.ts';

const inter = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  variable: '--font-inter',
  weight: '100 900',
  display: 'swap',
});

export const metadata: Metadata = {
  title: { default: 'Choir', template: '%s · Choir' },
  description: 'Hand goals to coding agents, watch them work, take any of it back.',
  applicationName: 'Choir',
  appleWebApp: { capable: true, title: 'Choir', statusBarStyle: 'default' },
  icons: { icon: '/icon.svg', apple: '/apple-touch-icon.png' },
  formatDetection: { telephone: false },
  referrer: 'no-referrer',
};

/** Two colours also where one theme was chosen: the choice may go back to the system's while the page stands. */
export async function generateViewport(): Promise<Viewport> {
  const theme = await chosenTheme();
  return {
    width: 'device-width',
    initialScale: 1,
    viewportFit: 'cover',
    interactiveWidget: 'resizes-content',
    themeColor: (['light', 'dark'] as const).map((scheme) => ({
      media: `(prefers-color-scheme: ${scheme})`,
      color: paperColors[theme === 'system' ? scheme : theme],
    })),
  };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = await chosenTheme();
  return (
    <html lang="en" className={inter.variable} data-theme={theme === 'system' ? undefined : theme}>
      <body className="min-h-dvh font-sans antialiased">
        {children}
        <DevicePlace />
      </body>
    </html>
  );
}

async function chosenTheme(): Promise<Theme> {
  return readTheme((await cookies()).get(themeCookie)?.value);
}
