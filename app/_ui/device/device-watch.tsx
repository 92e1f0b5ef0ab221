'use client';

import { useEffect } from 'react';
import { leaveWhenClaimed } from '../../_live/device/claim-device.ts';
import { NewVersion } from './new-version.tsx';

/** What goes on on this device beside the page: its service worker, and another person who signs in. */
export function DeviceWatch() {
  useEffect(leaveWhenClaimed, []);
  return <NewVersion />;
}
