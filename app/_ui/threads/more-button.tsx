import { Button } from '../base/button.tsx';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';

/** The next part of a long list. */
export function MoreButton({ onMore }: { onMore(): Promise<void> }) {
  const { busy, failure, act } = useAction();
  return (
    <div className="py-2">
      {failure && <Notice>{failure}</Notice>}
      <Button look="quiet" busy={busy} onClick={() => act(onMore)} className="w-full">
        Show more
      </Button>
    </div>
  );
}
