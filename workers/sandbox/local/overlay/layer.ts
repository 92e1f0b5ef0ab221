import type { TreeChange } from '#lib/git/commit/tree-change.ts';

export type LayerPlaces = { tree: string; folder: string };

/** Where the changes of one transaction gather before they are kept: an overlay above the tree, or a copy of it. */
export type Layer = {
  /** What commands see as the tree: absolute host path. */
  root: string;
  /** Folders of the host that hold its files, the one that hides the others first. */
  roots: string[];
  /** Options of the overlay mount that makes `root`, relative to the transaction's folder; null when `root` is an ordinary folder. */
  overlayOptions: string | null;
  /** Makes the folders; takes up what an earlier process left. */
  open(): Promise<void>;
  changes(): Promise<TreeChange[]>;
  /** Moves the changes into the tree; called again after a crash it finishes what was begun. Leaves the transaction's folder to be removed. */
  keep(): Promise<void>;
};
