'use client';

import { ShieldCheck } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { sendJson } from '../../_live/request.ts';
import { Button } from '../base/button.tsx';
import { Choice } from '../base/choice.tsx';
import { Field } from '../base/field.tsx';
import { HostileText, SentenceWithCode } from '../base/hostile-text.tsx';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';
import type { RulePlace } from './rule-place.ts';

type Proposal = { rules: { effect: string; sentence: string }[]; notUnderstood: string[] };

const examples = ['no new dependencies', 'never touch migrations/', 'no network', 'ask before deleting'];

/** A constraint in plain words: Choir says back what will hold, and only then it does. */
export function NewRule({ places }: { places: RulePlace[] }) {
  const router = useRouter();
  const { busy, failure, act } = useAction();
  const [text, setText] = useState('');
  const [place, setPlace] = useState(0);
  const [proposal, setProposal] = useState<Proposal | null>(null);
  const at = places[place];
  const isClear = proposal !== null && proposal.rules.length > 0 && proposal.notUnderstood.length === 0;

  function change(words: string): void {
    setText(words);
    setProposal(null);
  }

  async function send(dryRun: boolean): Promise<void> {
    if (!at) return;
    const body = {
      text: text.trim(),
      scope: at.scope,
      scopeId: at.scopeId,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      dryRun,
    };
    const proposed = await sendJson<Proposal>('/api/rules', body);
    if (dryRun) return setProposal(proposed);
    change('');
    router.refresh();
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void act(() => send(proposal === null));
      }}
      className="space-y-3"
    >
      <Field
        label="New rule"
        value={text}
        maxLength={500}
        autoComplete="off"
        placeholder={examples[0]}
        hint={`In plain words, such as “${examples.slice(1).join('”, “')}”.`}
        onChange={(event) => change(event.target.value)}
      />
      <div className="-mx-2 sm:-mx-2.5 flex">
        <Choice
          label="Where it holds"
          icon={<ShieldCheck className="size-4 shrink-0" aria-hidden />}
          value={String(place)}
          options={places.map(({ name }, index) => ({ value: String(index), label: name }))}
          onChange={(value) => {
            setPlace(Number(value));
            setProposal(null);
          }}
        />
      </div>
      {failure && <Notice>{failure}</Notice>}
      {proposal && (
        <div className="rounded-card border border-accent bg-raised px-4 py-3 text-sm" role="status">
          <p className="font-medium">{headingOf(proposal)}</p>
          <ul className="mt-1 space-y-1">
            {proposal.rules.map(({ sentence }) => (
              <li key={sentence} className="contained">
                <SentenceWithCode text={sentence} />
              </li>
            ))}
          </ul>
          {proposal.notUnderstood.length > 0 && (
            <p className="contained mt-2 text-warn">
              Not understood: <HostileText text={proposal.notUnderstood.join('; ')} />. Say it in other words, or leave it out.
            </p>
          )}
        </div>
      )}
      <Button
        type="submit"
        look={proposal ? 'primary' : 'plain'}
        busy={busy}
        disabled={text.trim() === '' || (proposal !== null && !isClear)}
      >
        {proposal ? 'Let it hold' : 'See what it means'}
      </Button>
    </form>
  );
}

function headingOf({ rules, notUnderstood }: Proposal): string {
  if (rules.length === 0) return 'Nothing in this is understood as a rule.';
  return notUnderstood.length === 0 ? 'This will hold:' : 'This would hold, once all of it is understood:';
}
