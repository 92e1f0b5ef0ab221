import { chmodSync, existsSync, lstatSync, mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { unlockFolder } from './byte-path.ts';
import { keepUpper } from './keep-upper.ts';
import type { Layer, LayerPlaces } from './layer.ts';
import { scanUpper } from './scan-upper.ts';

/** Changes gather in `upper` above the untouched tree. Costs what changed, never what the tree weighs. */
export function overlayLayer({ tree, folder, getfattr }: LayerPlaces & { getfattr: string }): Layer {
  const upper = join(folder, 'upper');
  return {
    root: join(folder, 'merged'),
    roots: [upper, tree],
    // Relative, so that no character of CHOIR_HOME can be read as an option of the mount.
    overlayOptions: `userxattr,lowerdir=${relative(folder, tree)},upperdir=upper,workdir=work`,
    async open() {
      for (const name of ['work', 'merged']) mkdirSync(join(folder, name), { recursive: true, mode: 0o700 });
      if (existsSync(upper)) return;
      mkdirSync(upper, { mode: 0o700 });
      chmodSync(upper, lstatSync(tree).mode & 0o777);
    },
    // A mode of the tree itself is nobody's change, and must not lock Choir out.
    async changes() {
      unlockFolder(upper);
      return scanUpper({ upper, tree, getfattr });
    },
    async keep() {
      for (const root of [upper, tree]) unlockFolder(root);
      await keepUpper({ upper, tree, trash: join(folder, 'trash'), getfattr });
    },
  };
}
