import { useId } from 'react';

type SettingSelectProps = {
  label: string;
  hint: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange(value: string): void;
};

/** A setting on a line of its own, with the platform's own picker. A value from elsewhere shows as it is. */
export function SettingSelect({ label, hint, value, options, onChange }: SettingSelectProps) {
  const id = useId();
  const known = options.some((option) => option.value === value) ? options : [...options, { value, label: value }];
  return (
    <div className="flex items-center gap-3 px-4 py-2">
      <div className="min-w-0 flex-1">
        <label htmlFor={id} className="text-sm">
          {label}
        </label>
        <p id={`${id}-hint`} className="text-ink-soft text-xs">
          {hint}
        </p>
      </div>
      <select
        id={id}
        aria-describedby={`${id}-hint`}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="min-h-11 max-w-44 rounded-control border border-line-strong bg-paper px-2 text-sm"
      >
        {known.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
