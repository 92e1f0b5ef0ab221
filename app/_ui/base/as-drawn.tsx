import type { ReactNode } from 'react';

const nothing = { __html: '' };

type AsDrawnProps = {
  /** Comes to life with the page, or later. Then never goes back. */
  isAlive?: boolean;
  className?: string;
  children: ReactNode;
};

/** What the server drew, left as it drew it: React takes it for a box whose inside is none of its business, which costs nothing while a page comes to life. */
export function AsDrawn({ isAlive = false, className, children }: AsDrawnProps) {
  if (isAlive || typeof window === 'undefined')
    return (
      <div key="alive" className={className}>
        {children}
      </div>
    );
  // biome-ignore lint/security/noDangerouslySetInnerHtml: it is empty, and set only where there is no box of the server
  return <div key="drawn" className={className} suppressHydrationWarning dangerouslySetInnerHTML={nothing} />;
}
