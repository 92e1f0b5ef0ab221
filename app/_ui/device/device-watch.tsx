'use client';

import { useEffect } from 'react';
import { leaveWhenClaimed } from '../../_live/device/claim-device.ts';
import { followTheme } from '../theme.ts';
import { LeavingLine } from './leaving-line.tsx';
import { NewVersion } from './new-version.tsx';

/** What goes on on this device beside the page: its service worker, another person who signs in, another theme, the next page on its way. */
export function DeviceWatch() {
  useEffect(leaveWhenClaimed, []);
  useEffect(followTheme, []);
  return (
    <>
      <LeavingLine />
      <NewVersion />
    </>
  );
}
