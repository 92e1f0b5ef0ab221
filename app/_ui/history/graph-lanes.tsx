import type { Stroke } from './layout-graph.ts';

export type NodeLook = 'filled' | 'current' | 'named' | 'back' | 'thread';
type GraphLanesProps = {
  lane: number | null;
  strokes: readonly Stroke[];
  laneCount: number;
  height: number;
  node: NodeLook | null;
};

const widest = 96;
const laneWidth = 16;
/** Lanes beyond these are not drawn: nobody could tell them apart. */
const mostLanes = 24;

/** Room for the lanes of a history on any screen: many of them stand closer together. */
export function lanesWidth(laneCount: number): number {
  return Math.min(widest, laneCount * laneWidth) + 12;
}

/** The part of the graph that one row shows. What it means is said by the row's words. */
export function GraphLanes({ lane, strokes, laneCount, height, node }: GraphLanesProps) {
  const width = lanesWidth(laneCount);
  const gap = Math.min(laneWidth, widest / Math.min(laneCount, mostLanes));
  const x = (at: number) => 6 + gap * (Math.min(at, mostLanes - 1) + 0.5);
  const middle = height / 2;
  const here = lane === null ? 0 : x(lane);
  const isDrawn = ({ from, to }: Stroke) => [from, to].every((end) => end === 'node' || end < mostLanes);

  function pathOf({ from, to }: Stroke): string {
    const [startX, startY] = from === 'node' ? [here, middle] : [x(from), 0];
    const [endX, endY] = to === 'node' ? [here, middle] : [x(to), height];
    const bend = (startY + endY) / 2;
    return startX === endX ? `M${startX} ${startY}V${endY}` : `M${startX} ${startY}C${startX} ${bend} ${endX} ${bend} ${endX} ${endY}`;
  }

  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} className="shrink-0" aria-hidden fill="none">
      {strokes.filter(isDrawn).map((stroke) => (
        <path
          key={`${stroke.edge}-${stroke.from}`}
          d={pathOf(stroke)}
          strokeWidth={stroke.isCurrent ? 2.5 : 1.5}
          strokeDasharray={stroke.look === 'back' ? '2 4' : undefined}
          strokeLinecap="round"
          className={stroke.isCurrent ? 'stroke-ink' : 'stroke-line-strong'}
        />
      ))}
      {node === 'current' && <circle cx={here} cy={middle} r="9" className="fill-accent-soft stroke-accent" strokeWidth="2" />}
      {node === 'current' && <circle cx={here} cy={middle} r="4" className="fill-accent" />}
      {node === 'filled' && <circle cx={here} cy={middle} r="4.5" className="fill-paper stroke-ink" strokeWidth="2" />}
      {node === 'named' && <circle cx={here} cy={middle} r="6.5" className="fill-ink" />}
      {node === 'back' && <circle cx={here} cy={middle} r="3" className="fill-line-strong" />}
      {node === 'thread' && (
        <rect x={here - 4.5} y={middle - 4.5} width="9" height="9" rx="2" className="fill-paper stroke-line-strong" strokeWidth="2" />
      )}
    </svg>
  );
}
