'use client';

import { lazy, Suspense } from 'react';
import { untilLoaded } from '../base/until-loaded.ts';

const NewVersion = lazy(async () => ({ default: (await untilLoaded(() => import('./new-version.tsx'))).NewVersion }));

/** The service worker begins once the page stands: nothing that is read waits for it. */
export function ServiceWorkerPlace() {
  return (
    <Suspense>
      <NewVersion />
    </Suspense>
  );
}
