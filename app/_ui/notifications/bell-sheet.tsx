'use client';

import Link from 'next/link';
import { useEffect, useState } from 'react';
import type { NotificationChoice } from '#lib/core/notification.ts';
import { explainFailure, requestJson, send } from '../../_live/request.ts';
import { threadPath } from '../../_live/thread-path.ts';
import { buttonClass } from '../base/button.tsx';
import { Notice } from '../base/notice.tsx';
import { Segments } from '../base/segments.tsx';
import { Sheet } from '../base/sheet.tsx';

const choices: { value: NotificationChoice; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'questions', label: 'Questions' },
  { value: 'none', label: 'None' },
];

export function BellSheet({ threadId, onClose }: { threadId: string; onClose(): void }) {
  const path = threadPath(threadId, '/notifications');
  const [choice, setChoice] = useState<NotificationChoice | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  useEffect(() => {
    requestJson<{ choice: NotificationChoice }>(path).then(
      (answer) => setChoice(answer.choice),
      (error: unknown) => setFailure(explainFailure(error)),
    );
  }, [path]);

  async function choose(next: NotificationChoice): Promise<void> {
    const before = choice;
    setChoice(next);
    setFailure(null);
    try {
      await send(path, { choice: next }, 'PUT');
    } catch (error) {
      setChoice(before);
      setFailure(explainFailure(error));
    }
  }

  return (
    <Sheet
      title="Notifications of this thread"
      description="Questions, and how its runs end."
      onClose={onClose}
      actions={
        <Link href="/settings#notifications" className={buttonClass('plain')}>
          When and on which device
        </Link>
      }
    >
      <div className="min-h-14 space-y-3">
        {failure && <Notice>{failure}</Notice>}
        {choice && (
          <Segments
            legend="What you hear of this thread"
            name="hear"
            value={choice}
            options={choices}
            onChange={(next) => void choose(next)}
          />
        )}
      </div>
    </Sheet>
  );
}
