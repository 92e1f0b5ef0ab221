import type { LucideIcon } from 'lucide-react';
import Link from 'next/link';
import type { ComponentProps } from 'react';
import { iconButtonClass } from './button.tsx';

type IconLinkProps = Omit<ComponentProps<typeof Link>, 'children'> & { label: string; Icon: LucideIcon };

/** A link that is only a sign, with its words for whoever cannot see it. Nothing is fetched ahead: of a page that is drawn when it is asked for that would be its title. */
export function IconLink({ label, Icon, className = '', ...rest }: IconLinkProps) {
  return (
    <Link prefetch={false} {...rest} aria-label={label} title={label} className={`${iconButtonClass} ${className}`}>
      <Icon className="size-5" aria-hidden />
    </Link>
  );
}
