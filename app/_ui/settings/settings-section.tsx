import type { ReactNode } from 'react';

export function SettingsSection({ title, about, children }: { title: string; about?: string; children: ReactNode }) {
  return (
    <section className="space-y-3">
      <div>
        <h2 className="font-semibold">{title}</h2>
        {about && <p className="text-ink-soft text-sm">{about}</p>}
      </div>
      {children}
    </section>
  );
}
