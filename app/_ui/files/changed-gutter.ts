import { type Extension, RangeSet, type Text } from '@codemirror/state';
import { GutterMarker, gutter } from '@codemirror/view';
import type { LineChange } from '#lib/files/read-line-changes.ts';

class ChangedMarker extends GutterMarker {
  readonly isNewest: boolean;
  constructor(isNewest: boolean) {
    super();
    this.isNewest = isNewest;
    this.elementClass = isNewest ? 'cm-changed-newest' : 'cm-changed-earlier';
  }
}

/** A stripe beside each line that came into the file in this thread; those of the newest change of it are strong. */
export function changedGutter(changes: readonly LineChange[], doc: Text): Extension {
  const newest = Math.max(...changes.map(({ number }) => number));
  const [strong, faint] = [new ChangedMarker(true), new ChangedMarker(false)];
  const marks = changes.flatMap(({ from, to, number }) => {
    const last = Math.min(to, doc.lines);
    const marker = number === newest ? strong : faint;
    return Array.from({ length: Math.max(0, last - from + 1) }, (_, index) => marker.range(doc.line(from + index).from));
  });
  return gutter({ class: 'cm-changed', markers: () => RangeSet.of(marks, true) });
}
