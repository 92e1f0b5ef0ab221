import { Archive } from 'lucide-react';
import Link from 'next/link';

export function ArchiveLink() {
  return (
    <Link
      href="/archive"
      prefetch={false}
      className="mt-3 inline-flex min-h-11 items-center gap-2 rounded-control px-3 text-ink-soft text-sm hover:bg-sunken hover:text-ink"
    >
      <Archive className="size-4" aria-hidden />
      Archived
    </Link>
  );
}
