import { explainFailure } from '../request.ts';

export type Turn = {
  busy: 'older' | 'newer' | 'place' | null;
  failure: { what: NonNullable<Turn['busy']>; words: string; retry(): void } | null;
};

export const noTurn: Turn = { busy: null, failure: null };

/** One reading at a time: nobody reads on beside another, and whoever goes somewhere overtakes what is under way, which is then not taken. */
export function createTurns(show: (turn: Turn) => void) {
  let underWay: object | null = null;

  async function read<Page>(what: NonNullable<Turn['busy']>, ask: () => Promise<Page>, take: (page: Page) => void): Promise<void> {
    if (underWay && what !== 'place') return;
    const mine = {};
    underWay = mine;
    show({ busy: what, failure: null });
    let next = noTurn;
    try {
      const page = await ask();
      if (underWay === mine) take(page);
    } catch (error) {
      next = { busy: null, failure: { what, words: explainFailure(error), retry: () => void read(what, ask, take) } };
    }
    if (underWay !== mine) return;
    underWay = null;
    show(next);
  }

  return {
    read,
    /** What is under way or failed is not wanted any more. */
    drop(): void {
      underWay = null;
      show(noTurn);
    },
  };
}
