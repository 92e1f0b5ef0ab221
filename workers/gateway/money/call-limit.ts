/** How much of the gateway one run may have: calls open at once, calls in a minute, and bytes of their requests that are held at once. */
export type CallLimits = { open: number; perMinute: number; bytes: number };

/** A call's place. `hold` says whether there is room for so many bytes more; `leave` gives all back. */
export type Place = { hold(bytes: number): boolean; leave(): void };

type Room = { open: number; bytes: number; minute: number; calls: number };

const minuteMs = 60_000;

/** No run takes the gateway from the others, or fills a ledger with calls that cost nothing. `enter` gives null when there is no room. */
export function createCallLimit(limits: CallLimits, now: () => number = Date.now): { enter(runId: string): Place | null } {
  const rooms = new Map<string, Room>();

  function roomOf(runId: string): Room {
    const minute = Math.floor(now() / minuteMs);
    const known = rooms.get(runId);
    if (!known) for (const [id, room] of rooms) if (room.open === 0 && room.minute < minute) rooms.delete(id);
    const room = known ?? { open: 0, bytes: 0, minute, calls: 0 };
    if (room.minute < minute) Object.assign(room, { minute, calls: 0 });
    rooms.set(runId, room);
    return room;
  }

  return {
    enter(runId) {
      const room = roomOf(runId);
      if (room.open >= limits.open || room.calls >= limits.perMinute) return null;
      room.open += 1;
      room.calls += 1;
      let held = 0;
      return {
        hold(bytes) {
          if (room.bytes + bytes > limits.bytes) return false;
          room.bytes += bytes;
          held += bytes;
          return true;
        },
        leave() {
          room.open -= 1;
          room.bytes -= held;
        },
      };
    },
  };
}
