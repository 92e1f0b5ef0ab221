import type { ReactNode } from 'react';

export function SettingsSection({ title, about, id, children }: { title: string; about?: string; id?: string; children: ReactNode }) {
  return (
    <section id={id} className="scroll-mt-16 space-y-3">
      <div>
        <h2 className="font-semibold">{title}</h2>
        {about && <p className="text-pretty text-ink-soft text-sm">{about}</p>}
      </div>
      {children}
    </section>
  );
}
