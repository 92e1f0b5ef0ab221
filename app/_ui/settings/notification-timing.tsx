'use client';

import { useState } from 'react';
import type { NotificationSettings } from '#lib/core/notification.ts';
import { Notice } from '../base/notice.tsx';
import { SettingSelect } from './setting-select.tsx';
import { useSaved } from './use-saved.ts';

const graces = [
  { value: '0', label: 'at once' },
  { value: '10', label: 'after 10 seconds' },
  { value: '30', label: 'after 30 seconds' },
  { value: '60', label: 'after a minute' },
  { value: '300', label: 'after 5 minutes' },
];
const escalations = [
  { value: '0', label: 'at once' },
  { value: '1', label: 'after a minute' },
  { value: '5', label: 'after 5 minutes' },
  { value: '15', label: 'after 15 minutes' },
  { value: '60', label: 'after an hour' },
  { value: '', label: 'never' },
];
const usualNight = { from: '22:00', to: '07:00' };

/** When the person is told, on all of their devices. Each change is kept at once. */
export function NotificationTiming({ initial }: { initial: NotificationSettings }) {
  const [settings, setSettings] = useState(initial);
  const { saved, failure, save } = useSaved('/api/notifications/settings');
  const { quietHours, graceSeconds, escalateMinutes } = settings;

  function change(changed: Partial<NotificationSettings>): void {
    const next = { ...settings, ...changed };
    setSettings(next);
    save(next);
  }

  function setTime(changed: { from?: string; to?: string }): void {
    const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const next = { ...(quietHours ?? usualNight), ...changed, timeZone };
    if (next.from && next.to && next.from !== next.to) change({ quietHours: next });
  }

  return (
    <div className="space-y-3">
      {failure && <Notice>{failure}</Notice>}
      <div className="divide-y divide-line rounded-card border border-line bg-raised">
        <SettingSelect
          label="Tell me"
          hint="Nothing is sent while you look at the thread, or when it was answered by then."
          value={String(graceSeconds)}
          options={graces}
          onChange={(value) => change({ graceSeconds: Number(value) })}
        />
        <SettingSelect
          label="Then ask in Telegram"
          hint="When nobody answered, and an account is linked."
          value={escalateMinutes === null ? '' : String(escalateMinutes)}
          options={escalations}
          onChange={(value) => change({ escalateMinutes: value === '' ? null : Number(value) })}
        />
        <div className="px-4 py-2">
          <label className="flex min-h-11 items-center gap-3 text-sm">
            <span className="flex-1">Quiet hours</span>
            <input
              type="checkbox"
              checked={quietHours !== null}
              onChange={(event) => (event.target.checked ? setTime({}) : change({ quietHours: null }))}
              className="size-5 accent-accent"
            />
          </label>
          {quietHours && (
            <div className="flex flex-wrap items-center gap-x-4 gap-y-1 pb-2 text-sm">
              <Time label="From" value={quietHours.from} onChange={(from) => setTime({ from })} />
              <Time label="To" value={quietHours.to} onChange={(to) => setTime({ to })} />
              <span className="text-ink-soft text-xs">{quietHours.timeZone}. What comes meanwhile is told when they end.</span>
            </div>
          )}
        </div>
      </div>
      <p role="status" className="min-h-5 text-ink-soft text-xs">
        {saved && 'Kept for all of your devices.'}
      </p>
    </div>
  );
}

function Time({ label, value, onChange }: { label: string; value: string; onChange(value: string): void }) {
  return (
    <label className="inline-flex items-center gap-2">
      {label}
      <input
        type="time"
        defaultValue={value}
        onBlur={(event) => event.target.value !== value && onChange(event.target.value)}
        className="min-h-11 rounded-control border border-line-strong bg-paper px-2"
      />
    </label>
  );
}
