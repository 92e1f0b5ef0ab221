'use client';

import type { ComponentProps } from 'react';
import { PageFailed } from './_ui/base/page-failed.tsx';

/** For what fails outside of the rooms, and for all of them at once: no list of threads stands beside it. */
export default function ErrorPage(props: ComponentProps<typeof PageFailed>) {
  return (
    <main>
      <PageFailed {...props} />
    </main>
  );
}
