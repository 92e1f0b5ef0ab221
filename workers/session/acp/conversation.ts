import type { SessionLine } from '#workers/sandbox/sandbox.ts';
import { type AcpError, type AcpId, type AcpMessage, readMessage } from './acp-message.ts';

/** What one line of a session means to Choir. */
export type Heard =
  | { kind: 'update'; params: unknown }
  | { kind: 'asked'; id: AcpId; method: string; params: unknown }
  | { kind: 'answered'; id: AcpId; method: string; result: unknown; error?: AcpError }
  | { kind: 'ended'; detail: string };

/** `line`: where it was heard. */
export type AgentRequest = { id: AcpId; method: string; params: unknown; line: number };

export type AcpRequest = { id: number; method: string; params: unknown };

/**
 * Who has said what to whom, from the lines of a session alone: a worker that takes the session up again hears them from the first and then knows what
 * the one before it knew.
 */
export type Conversation = {
  /** A line of ours may be heard twice: when it is written, and when the session's log comes to it. */
  hear(line: Pick<SessionLine, 'direction' | 'text'> & Partial<Pick<SessionLine, 'n'>>): Heard | null;
  /** The next request of ours; it counts as sent when its line is heard. */
  request(method: string, params: unknown): AcpRequest;
  /** Requests of ours that have no answer, oldest first. */
  unanswered(): AcpRequest[];
  /** Requests of the agent's that have no answer, oldest first. */
  open(): AgentRequest[];
  /** What we asked of the agent with this method, newest last. */
  sent(method: string): AcpRequest[];
};

export function createConversation(): Conversation {
  const sent: AcpRequest[] = [];
  const waiting = new Map<AcpId, AcpRequest>();
  const asked = new Map<AcpId, AgentRequest>();
  let last = 0;

  function hearOwn(message: AcpMessage): void {
    if (message.kind === 'response') asked.delete(message.id);
    if (message.kind !== 'request' || typeof message.id !== 'number' || sent.some(({ id }) => id === message.id)) return;
    const request = { id: message.id, method: message.method, params: message.params };
    last = Math.max(last, request.id);
    sent.push(request);
    waiting.set(request.id, request);
  }

  return {
    hear({ direction, text, n = 0 }) {
      if (direction === 'end') return { kind: 'ended', detail: text };
      const message = readMessage(text);
      if (!message) return null;
      if (direction === 'in') {
        hearOwn(message);
        return null;
      }
      if (message.kind === 'notification') return message.method === 'session/update' ? { kind: 'update', params: message.params } : null;
      if (message.kind === 'request') {
        const { id, method, params } = message;
        asked.set(id, { id, method, params, line: n });
        return { kind: 'asked', id, method, params };
      }
      const request = waiting.get(message.id);
      if (!request) return null;
      waiting.delete(message.id);
      return {
        kind: 'answered',
        id: message.id,
        method: request.method,
        result: message.result,
        ...(message.error ? { error: message.error } : {}),
      };
    },
    request(method, params) {
      last += 1;
      return { id: last, method, params };
    },
    unanswered: () => [...waiting.values()],
    open: () => [...asked.values()],
    sent: (method) => sent.filter((request) => request.method === method),
  };
}
