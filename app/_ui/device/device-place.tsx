'use client';

import { Suspense } from 'react';
import { lazyPart } from '../base/lazy-part.ts';

const DeviceWatch = lazyPart(async () => (await import('./device-watch.tsx')).DeviceWatch);

/** The device is watched once the page stands: nothing that is read waits for it. */
export function DevicePlace() {
  return (
    <Suspense>
      <DeviceWatch />
    </Suspense>
  );
}
