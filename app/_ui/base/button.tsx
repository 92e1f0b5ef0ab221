import type { ComponentProps } from 'react';

const looks = {
  primary: 'bg-accent text-accent-ink hover:opacity-90 disabled:opacity-45',
  plain: 'border border-line bg-raised text-ink hover:bg-sunken disabled:text-ink-soft',
  quiet: 'text-ink-soft hover:bg-sunken hover:text-ink disabled:opacity-50',
  danger: 'border border-bad/40 bg-raised text-bad hover:bg-bad-soft disabled:opacity-45',
};
export type ButtonLook = keyof typeof looks;

const shape =
  'inline-flex min-h-11 select-none items-center justify-center gap-2 rounded-control px-4 text-sm font-medium transition-[background-color,opacity] duration-100 [&_svg]:shrink-0';

/** A button or a link that is only a sign: give it a label. */
export const iconButtonClass =
  'inline-flex size-11 shrink-0 items-center justify-center rounded-control text-ink-soft hover:bg-sunken hover:text-ink';

export function buttonClass(look: ButtonLook): string {
  return `${shape} ${looks[look]}`;
}

type ButtonProps = ComponentProps<'button'> & { look?: ButtonLook; busy?: boolean };

/** `busy` keeps the button's place and words, says so to screen readers, and takes no second press. */
export function Button({ look = 'plain', busy = false, className = '', disabled, children, ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} disabled={disabled || busy} aria-busy={busy} className={`${buttonClass(look)} ${className}`}>
      {children}
      {busy && <span className="size-1.5 animate-breathe rounded-full bg-current" aria-hidden />}
    </button>
  );
}
