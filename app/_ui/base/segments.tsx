import type { LucideIcon } from 'lucide-react';

type SegmentsProps<Value extends string> = {
  legend: string;
  name: string;
  value: Value;
  options: readonly { value: Value; label: string; Icon?: LucideIcon }[];
  onChange(value: Value): void;
};

/** One of a few, all in sight: radio buttons underneath, so arrows and screen readers work as ever. */
export function Segments<Value extends string>({ legend, name, value, options, onChange }: SegmentsProps<Value>) {
  return (
    <fieldset className="grid auto-cols-fr grid-flow-col gap-1 rounded-control bg-sunken p-1">
      <legend className="sr-only">{legend}</legend>
      {options.map(({ value: option, label, Icon }) => (
        <label
          key={option}
          className="flex min-h-11 items-center justify-center gap-2 rounded-lg text-center text-ink-soft text-sm has-checked:bg-raised has-checked:font-medium has-checked:text-ink has-checked:ring-1 has-checked:ring-line-strong/60 has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input type="radio" name={name} value={option} checked={value === option} onChange={() => onChange(option)} className="sr-only" />
          {Icon && <Icon className="size-4" aria-hidden />}
          {label}
        </label>
      ))}
    </fieldset>
  );
}
