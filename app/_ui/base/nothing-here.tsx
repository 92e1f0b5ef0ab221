import Link from 'next/link';
import { buttonClass } from './button.tsx';
import { EmptyState } from './empty-state.tsx';

/** In the place of a page that there is not. */
export function NothingHere() {
  return (
    <EmptyState as="h1" title="There is nothing here">
      <title>Nothing here · Choir</title>
      <p className="mb-4">It may belong to another workspace, or the address is not complete.</p>
      <Link href="/" className={buttonClass('plain')}>
        All threads
      </Link>
    </EmptyState>
  );
}
