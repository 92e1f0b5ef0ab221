import Papa from 'papaparse';

/** What a table's worker says, in pieces that are small enough for a frame. */
export type TableMessage = { rows: string[][] } | { done: true; cut: boolean };

const rowsPerMessage = 2_000;
const mostRows = 1_000_000;
const mostCellLength = 2_000;

addEventListener('message', ({ data }: MessageEvent<{ text: string }>) => {
  let rows: string[][] = [];
  let count = 0;
  Papa.parse<string[]>(data.text, {
    skipEmptyLines: 'greedy',
    step({ data: row }, parser) {
      rows.push(row.map((cell) => cell.slice(0, mostCellLength)));
      count += 1;
      if (rows.length === rowsPerMessage) {
        postMessage({ rows } satisfies TableMessage);
        rows = [];
      }
      if (count >= mostRows) parser.abort();
    },
    complete() {
      postMessage({ rows } satisfies TableMessage);
      postMessage({ done: true, cut: count >= mostRows } satisfies TableMessage);
    },
  });
});
