import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TreeListing } from '#lib/core/project-map.ts';
import { changed } from '#tests/builders/sample-threads.ts';
import { layoutMap, rowHeight } from './layout-map.ts';
import { buildTree, firstOpen, type MapNode } from './map-tree.ts';
import { isInView, labelHeight, labelWidth, pickLabels } from './pick-labels.ts';

const nothing = new Map();

function listing(files: string[], changes: TreeListing['changed'] = []): TreeListing {
  return { files, total: files.length, changed: changes };
}

function everyNode(node: MapNode): MapNode[] {
  return [node, ...node.children.flatMap(everyNode)];
}

const part = fc.constantFrom('a', 'b', 'src', '__proto__', 'constructor', 'ñ', '‮evil', ' ');
const somePaths = fc.uniqueArray(
  fc.tuple(fc.array(part, { maxLength: 5 }), fc.nat(9)).map(([parts, file]) => [...parts, `file-${file}`].join('/')),
  { maxLength: 80 },
);

describe('the tree of a map', () => {
  it('holds every file once, whatever its name is', () => {
    fc.assert(
      fc.property(somePaths, (paths) => {
        const root = buildTree('shop', listing(paths));
        const files = everyNode(root).filter(({ kind }) => kind === 'file');
        expect(files.map(({ path }) => path).toSorted()).toEqual(paths.toSorted());
        expect(root.files).toBe(paths.length);
      }),
    );
  });

  it('makes one node of folders that hold nothing but one folder, and counts what changed below', () => {
    const changes = [changed('src/main/java/Shop.java', 1), changed('src/main/java/Old.java', 0, 4, 'deleted')];
    const root = buildTree('shop', listing(['src/main/java/Shop.java', 'src/main/java/Price.java', 'readme.md'], changes));
    expect(root.children.map(({ name, kind, changed }) => [name, kind, changed])).toEqual([
      ['src/main/java', 'folder', 2],
      ['readme.md', 'file', 0],
    ]);
    expect(root.children[0]?.children.map(({ name, change }) => [name, change])).toEqual([
      ['Old.java', 'deleted'],
      ['Price.java', undefined],
      ['Shop.java', 'modified'],
    ]);
  });

  it('opens the way to what changed before anything else, and never more than a picture', () => {
    const paths = Array.from({ length: 10_000 }, (_, index) => `p-${index % 10}/q-${index % 100}/file-${index}.ts`);
    const root = buildTree('large', listing(paths, [changed('p-7/q-7/file-7.ts', 1)]));
    const open = firstOpen(root);
    expect(open.has('p-7')).toBe(true);
    expect(layoutMap(root, open, nothing).length).toBeLessThan(60);
  });
});

describe('the places on a map', () => {
  it('keep nodes of a column apart, and children right of what holds them', () => {
    fc.assert(
      fc.property(somePaths, (paths) => {
        const root = buildTree('shop', listing(paths));
        const placed = layoutMap(root, new Set(everyNode(root).map(({ id }) => id)), nothing);
        expect(placed).toHaveLength(everyNode(root).length);
        const columns = Map.groupBy(placed, ({ depth }) => depth);
        for (const column of columns.values()) {
          const ys = column.map(({ y }) => y).sort((left, right) => left - right);
          for (const [index, y] of ys.slice(1).entries()) expect(y - (ys[index] ?? 0)).toBeGreaterThan(rowHeight - 0.001);
        }
        for (const { parent, depth } of placed) if (parent) expect(depth - parent.depth).toBe(1);
      }),
    );
  });

  it('name only what is in view, and no two in one place, at any zoom', () => {
    const paths = Array.from({ length: 600 }, (_, index) => `p-${index % 6}/q-${index % 36}/file-${index}.ts`);
    const root = buildTree('shop', listing(paths));
    const placed = layoutMap(root, new Set(everyNode(root).map(({ id }) => id)), nothing);
    const view = { width: 390, height: 600 };
    const column = 184;
    fc.assert(
      fc.property(fc.double({ min: 0.02, max: 2, noNaN: true }), fc.integer({ min: -8_000, max: 8_000 }), (k, y) => {
        const transform = { x: 20, y, k };
        const labels = pickLabels({ placed, transform, view, column, active: null });
        expect(labels.length).toBeLessThanOrEqual(160);
        for (const [index, label] of labels.entries())
          for (const other of labels.slice(index + 1)) {
            const isBeside = Math.abs(label.depth - other.depth) * column * k >= labelWidth(k, column);
            expect(isBeside || Math.abs(label.y - other.y) * k >= labelHeight).toBe(true);
          }
        for (const label of labels) expect(isInView(label, transform, view, column)).toBe(true);
      }),
    );
  });
});
