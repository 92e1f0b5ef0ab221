import Link from 'next/link';
import { buttonClass } from '../base/button.tsx';
import { EmptyState } from '../base/empty-state.tsx';

/** In the place of a page that there is not. `about`: why that may be. */
export function NothingHere({ about = 'It may belong to another workspace, or the address is not complete.' }: { about?: string }) {
  return (
    <EmptyState as="h1" title="There is nothing here">
      <title>Nothing here · Choir</title>
      <p className="mb-4">{about}</p>
      <Link href="/" className={buttonClass('plain')}>
        All threads
      </Link>
    </EmptyState>
  );
}
