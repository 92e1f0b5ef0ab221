import { type Bus, TypingFrame } from './connect-bus.ts';
import { readMessage } from './read-message.ts';
import { subjects } from './streams.ts';

/** Calls `onFrame` with text as it is typed in a thread; frames that are none are dropped. */
export function followTyping(bus: Bus, workspaceId: string, threadId: string, onFrame: (frame: TypingFrame) => void): { close(): void } {
  const subscription = bus.connection.subscribe(subjects.typing(workspaceId, threadId), {
    callback: (_, message) => {
      const frame = readMessage(TypingFrame, message);
      if (frame) onFrame(frame);
    },
  });
  return { close: () => subscription.unsubscribe() };
}
