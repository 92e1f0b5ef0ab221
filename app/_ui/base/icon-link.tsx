import type { LucideIcon } from 'lucide-react';
import Link from 'next/link';

/** A link that is only a sign, with its words for whoever cannot see it. */
export function IconLink({ href, label, Icon, className = '' }: { href: string; label: string; Icon: LucideIcon; className?: string }) {
  return (
    <Link
      href={href}
      aria-label={label}
      title={label}
      className={`inline-flex size-11 shrink-0 items-center justify-center rounded-control text-ink-soft hover:bg-sunken hover:text-ink ${className}`}
    >
      <Icon className="size-5" aria-hidden />
    </Link>
  );
}
