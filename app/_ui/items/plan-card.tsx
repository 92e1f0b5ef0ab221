'use client';

import { Circle, CircleCheck, CircleDashed, CircleDot, CircleX, type LucideIcon } from 'lucide-react';
import { isOpenStep, type StepState } from '#lib/core/state.ts';
import { Button } from '../base/button.tsx';
import { HostileText } from '../base/hostile-text.tsx';
import { useUnfolded } from '../base/use-unfolded.ts';
import type { ItemProps } from './item-renderers.tsx';
import { stepsInSight, wordsOfFold } from './steps-in-sight.ts';

/** A step below this is not sure enough to go without saying; a plan of sure steps shows no numbers. */
const sureFrom = 0.8;

const looks: Record<StepState['status'], { Icon: LucideIcon; tone: string; word: string }> = {
  pending: { Icon: Circle, tone: 'text-line-strong', word: 'to do' },
  running: { Icon: CircleDot, tone: 'animate-breathe text-accent', word: 'in progress' },
  done: { Icon: CircleCheck, tone: 'text-good', word: 'done' },
  failed: { Icon: CircleX, tone: 'text-bad', word: 'failed' },
  skipped: { Icon: CircleDashed, tone: 'text-ink-soft', word: 'skipped' },
};

/** A plan with live ticks. A long one shows what counts now, all of it on demand; one that was replaced shows no step before, and none as open. */
export function PlanCard({ item }: ItemProps<'plan'>) {
  const [unfolded, setUnfolded] = useUnfolded(item.key);
  const { isReplaced } = item;
  const steps = item.steps.map((step) => (isReplaced && isOpenStep(step) ? { ...step, status: 'skipped' as const } : step));
  const done = steps.filter((step) => step.status === 'done').length;
  const shown = isReplaced ? [] : stepsInSight(steps);
  const folds = shown.length < steps.length;
  const inSight = unfolded ? steps : shown;
  return (
    <article aria-label="Plan" className="rounded-card border border-line bg-raised px-4 py-3">
      <header className="flex items-baseline justify-between gap-2">
        <h2 className="font-semibold text-sm">
          {item.revision > 1 ? `Plan, revision ${item.revision}` : 'Plan'}
          {isReplaced && ', replaced'}
        </h2>
        <p className="tabular text-ink-soft text-xs">
          {done} of {steps.length} done
        </p>
      </header>
      {folds && !isReplaced && (
        <div className="mt-2 h-1 overflow-hidden rounded-full bg-sunken" aria-hidden>
          <div className="h-full origin-left bg-good" style={{ scale: `${done / steps.length} 1` }} />
        </div>
      )}
      {item.reason && (
        <p className="contained mt-1 text-ink-soft text-sm">
          <HostileText text={item.reason} />
        </p>
      )}
      {inSight.length > 0 && <StepList steps={inSight} />}
      {folds && (
        <Button look="quiet" onClick={() => setUnfolded(!unfolded)} aria-expanded={unfolded} className="-mb-2 -ml-2 mt-1 px-2">
          {wordsOfFold(steps.length, unfolded, isReplaced)}
        </Button>
      )}
    </article>
  );
}

export function StepList({ steps }: { steps: readonly StepState[] }) {
  return (
    <ol className="mt-2 space-y-1.5">
      {steps.map((step) => {
        const { Icon, tone, word } = looks[step.status];
        return (
          <li key={step.step_id} className="flex items-start gap-2.5 text-sm">
            <Icon className={`mt-0.5 size-4 shrink-0 ${tone}`} aria-hidden />
            <div className="contained min-w-0 flex-1">
              <span className={step.status === 'pending' || step.status === 'skipped' ? 'text-ink-soft' : ''}>
                <HostileText text={step.title} />
              </span>
              <span className="sr-only">, {word}</span>
              {step.status === 'failed' && step.note && (
                <p className="text-bad text-xs">
                  <HostileText text={step.note} />
                </p>
              )}
            </div>
            {step.confidence !== undefined && step.confidence < sureFrom && (
              <span className="tabular shrink-0 text-ink-soft text-xs">{Math.round(step.confidence * 100)} % sure</span>
            )}
          </li>
        );
      })}
    </ol>
  );
}
