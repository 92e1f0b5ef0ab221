import { type ComponentProps, useId } from 'react';

type FieldProps = ComponentProps<'input'> & { label: string; hint?: string };

export function Field({ label, hint, className = '', ...rest }: FieldProps) {
  const id = useId();
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className="block font-medium text-sm">
        {label}
      </label>
      <input
        {...rest}
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className={`min-h-12 w-full rounded-control border border-line-strong bg-raised px-3 ${className}`}
      />
      {hint && (
        <p id={`${id}-hint`} className="text-pretty text-ink-soft text-xs">
          {hint}
        </p>
      )}
    </div>
  );
}
