import Link from 'next/link';
import { buttonClass } from '../_ui/base/button.tsx';
import { EmptyState } from '../_ui/base/empty-state.tsx';

export default function NotFound() {
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
