import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';

type ChoiceProps<Value extends string> = {
  label: string;
  icon: ReactNode;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange(value: Value): void;
  /** Beside others in one row: on a phone it goes without its arrow, so that they all have room. */
  isTight?: boolean;
  className?: string;
};

/** A picker that is the platform's own: a wheel under the thumb on a phone, a list with type-ahead on a desktop. */
export function Choice<Value extends string>({ label, icon, value, options, onChange, isTight, className = '' }: ChoiceProps<Value>) {
  return (
    <label
      className={`relative inline-flex min-h-11 min-w-0 max-w-full items-center gap-1.5 rounded-full px-2 text-ink-soft sm:px-2.5 text-sm focus-within:bg-sunken hover:bg-sunken hover:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent ${className}`}
    >
      {icon}
      <span className="sr-only">{label}</span>
      <span className="truncate" aria-hidden>
        {options.find((option) => option.value === value)?.label ?? value}
      </span>
      <ChevronDown className={`size-3.5 shrink-0 ${isTight ? 'max-sm:hidden' : ''}`} aria-hidden />
      <select
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value as Value)}
        className="absolute inset-0 size-full cursor-pointer appearance-none bg-raised text-base opacity-0"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}
