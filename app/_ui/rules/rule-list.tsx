'use client';

import { Ban, CircleCheck, Hand, type LucideIcon } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { ListedRule } from '#lib/rules/list-rules.ts';
import { sendDelete } from '../../_live/send-delete.ts';
import { Button } from '../base/button.tsx';
import { ConfirmSheet } from '../base/confirm-sheet.tsx';
import { HostileText, SentenceWithCode } from '../base/hostile-text.tsx';
import { Ago, Moment } from '../base/moment.tsx';

const effects: Record<ListedRule['effect'], { Icon: LucideIcon; word: string; tone: string }> = {
  deny: { Icon: Ban, word: 'Forbids', tone: 'text-bad' },
  ask: { Icon: Hand, word: 'Asks first', tone: 'text-warn' },
  allow: { Icon: CircleCheck, word: 'Allows', tone: 'text-good' },
};

export function RuleList({ rules }: { rules: ListedRule[] }) {
  if (rules.length === 0)
    return (
      <p className="text-ink-soft text-sm">
        No rule of yours holds yet. What Choir never allows, and what it always asks for, holds without one.
      </p>
    );
  return (
    <ul className="divide-y divide-line rounded-card border border-line bg-raised">
      {rules.map((rule) => (
        <li key={rule.ruleId} className="px-4 py-2.5">
          <RuleRow rule={rule} />
        </li>
      ))}
    </ul>
  );
}

function RuleRow({ rule }: { rule: ListedRule }) {
  const router = useRouter();
  const [leaving, setLeaving] = useState(false);
  const { Icon, word, tone } = effects[rule.effect];

  async function revoke(): Promise<void> {
    await sendDelete(`/api/rules/${encodeURIComponent(rule.ruleId)}`);
    router.refresh();
  }

  return (
    <>
      <div className="flex items-start gap-3">
        <Icon className={`mt-0.5 size-4.5 shrink-0 ${tone}`} aria-hidden />
        <div className="contained min-w-0 flex-1">
          <p className="text-sm">
            <span className="sr-only">{word}: </span>
            <SentenceWithCode text={rule.sentence} />
          </p>
          <p className="text-ink-soft text-xs">
            {rule.source === 'remembered' ? 'Answered' : 'Set'} by {rule.byName}, <HostileText text={rule.where} /> · <Ago at={rule.at} />
            {rule.spoken > 0 && <> · applied {rule.spoken === 1 ? 'once' : `${rule.spoken} times`}</>}
            {rule.until && (
              <>
                {' '}
                · until <Moment at={rule.until} />
              </>
            )}
          </p>
        </div>
        <Button look="danger" onClick={() => setLeaving(true)} aria-haspopup="dialog" aria-label={`Revoke: ${rule.text}`}>
          Revoke
        </Button>
      </div>
      {leaving && (
        <ConfirmSheet title="Revoke this rule" word="Revoke" onConfirm={revoke} onClose={() => setLeaving(false)}>
          <SentenceWithCode text={rule.sentence} /> It holds no more at once, also for runs that are under way.
        </ConfirmSheet>
      )}
    </>
  );
}
