/** Says how far somebody is, each place once. What could not be said is said when the network is back, wherever they are by then. */
export function sayOnce(say: (seq: number) => Promise<boolean>, onceBack: (act: () => void) => void): (seq: number) => Promise<void> {
  let said = 0;
  return async function tell(seq) {
    if (said >= seq) return;
    said = seq;
    if (await say(seq)) return;
    if (said === seq) said = 0;
    onceBack(() => void tell(seq));
  };
}
