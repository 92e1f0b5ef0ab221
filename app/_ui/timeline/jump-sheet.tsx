'use client';

import { type FormEvent, useId } from 'react';
import { readEvents } from '../../_live/read-events.ts';
import { Button } from '../base/button.tsx';
import { Field } from '../base/field.tsx';
import { Notice } from '../base/notice.tsx';
import { Sheet } from '../base/sheet.tsx';
import { useAction } from '../base/use-action.ts';
import { localTime } from './filter-sheet.tsx';

type JumpSheetProps = { threadId: string; at: string | undefined; onJump(seq: number): void; onClose(): void };

const newest = 2_147_483_647;

/** Goes to what happened last before a time. */
export function JumpSheet({ threadId, at, onJump, onClose }: JumpSheetProps) {
  const formId = useId();
  const { busy, failure, act } = useAction();

  function jump(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const local = String(new FormData(event.currentTarget).get('time'));
    void act(async () => {
      let seq = 1;
      const query = new URLSearchParams({ before: String(newest), limit: '1', until: new Date(local).toISOString() });
      for await (const found of readEvents(threadId, query.toString())) seq = found.seq;
      onJump(seq);
      onClose();
    });
  }

  function leave(seq: number): void {
    onJump(seq);
    onClose();
  }

  return (
    <Sheet
      title="Go to a time"
      onClose={onClose}
      actions={
        <Button type="submit" form={formId} look="primary" busy={busy} className="w-full">
          Go there
        </Button>
      }
    >
      <form id={formId} onSubmit={jump} className="space-y-4">
        <Field label="Time" name="time" type="datetime-local" required defaultValue={localTime(at)} />
        <div className="grid grid-cols-2 gap-2">
          <Button onClick={() => leave(1)}>The beginning</Button>
          <Button onClick={() => leave(newest)}>Now</Button>
        </div>
        {failure && <Notice>{failure}</Notice>}
      </form>
    </Sheet>
  );
}
