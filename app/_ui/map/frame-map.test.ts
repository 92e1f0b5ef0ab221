import { describe, expect, it } from 'vitest';
import { firstLook, tools, wholeMap } from './frame-map.ts';
import { layoutMap, type PlacedNode } from './layout-map.ts';
import { buildTree, firstOpen } from './map-tree.ts';
import { labelHeight, labelWidth, pickLabels, type Transform } from './pick-labels.ts';

const phone = { width: 390, height: 690 };
const desktop = { width: 1120, height: 750 };

function place(paths: string[]) {
  const root = buildTree('bookkeeping', { files: paths, total: paths.length, changed: [] });
  return layoutMap(root, firstOpen(root), new Map());
}

const project = [
  ...Array.from({ length: 8 }, (_, index) => `docs/meeting-notes-${index}.md`),
  'src/importer/parse-separated-values.ts',
  ...Array.from({ length: 9 }, (_, index) => `file-${index}.txt`),
];

/** How far down, on a phone, a name goes that stands over the buttons. */
function lowestOverTools(placed: PlacedNode[], { x, y: top, k }: Transform, column: number): number {
  const over = placed.filter(({ depth }) => depth * column * k + x + labelWidth(k, column) > phone.width - tools.width);
  return Math.max(...over.map(({ y }) => y * k + top + labelHeight / 2));
}

describe('the first look at a map', () => {
  it('names everything of a project that has room on a screen, all of it inside the frame', () => {
    const placed = place(project);
    for (const view of [phone, desktop]) {
      const { transform, column } = firstLook(placed, view);
      expect(pickLabels({ placed, transform, view, column, active: null })).toHaveLength(placed.length);
      for (const { depth, y } of placed) {
        expect(y * transform.k + transform.y).toBeGreaterThan(0);
        expect(y * transform.k + transform.y).toBeLessThan(view.height);
        expect(depth * column * transform.k + transform.x + labelWidth(transform.k, column)).toBeLessThan(view.width);
      }
    }
  });

  it('has no name under the buttons', () => {
    const placed = place(project);
    const { transform, column } = firstLook(placed, phone);
    expect(lowestOverTools(placed, transform, column)).toBeLessThanOrEqual(phone.height - tools.height);
  });

  it('gives names the width that is there', () => {
    const placed = place(project);
    const { transform, column } = firstLook(placed, desktop);
    expect(labelWidth(transform.k, column)).toBeGreaterThan(250);
  });

  it('stays readable, with the project in the middle, where there is too much for a screen', () => {
    const placed = place(Array.from({ length: 200 }, (_, index) => `file-${index}.txt`));
    const { transform, column } = firstLook(placed, phone);
    expect(labelWidth(transform.k, column)).toBeGreaterThan(100);
    expect(transform.y).toBe(phone.height / 2);
  });
});

describe('the whole map', () => {
  it('has everything in the picture, however small', () => {
    const placed = place(Array.from({ length: 200 }, (_, index) => `file-${index}.txt`));
    const { k, y: top } = wholeMap(placed, phone, 184);
    for (const { y } of placed) {
      expect(y * k + top).toBeGreaterThan(0);
      expect(y * k + top).toBeLessThan(phone.height);
    }
  });

  it('has no name under the buttons', () => {
    const placed = place(project);
    const transform = wholeMap(placed, phone, 184);
    expect(lowestOverTools(placed, transform, 184)).toBeLessThanOrEqual(phone.height - tools.height);
  });
});
