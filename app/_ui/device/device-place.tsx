'use client';

import { lazy, Suspense } from 'react';
import { untilLoaded } from '../base/until-loaded.ts';

const DeviceWatch = lazy(async () => ({ default: (await untilLoaded(() => import('./device-watch.tsx'))).DeviceWatch }));

/** The device is watched once the page stands: nothing that is read waits for it. */
export function DevicePlace() {
  return (
    <Suspense>
      <DeviceWatch />
    </Suspense>
  );
}
