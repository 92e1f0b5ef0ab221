import type { FileChange } from '#lib/core/change.ts';
import type { FileSymbol, SymbolKind, TreeListing } from '#lib/core/project-map.ts';
import { naturalOrder } from '#lib/core/words/natural-order.ts';

/** One thing on the map. `id` is its path, and for a symbol that of its file with its place in it. `changed` counts changed files at and below it. */
export type MapNode = {
  id: string;
  name: string;
  kind: 'project' | 'folder' | 'file' | 'symbol';
  /** Path of the folder or file; of the file that declares a symbol. */
  path: string;
  children: MapNode[];
  files: number;
  changed: number;
  change?: FileChange['status'];
  symbol?: { kind: SymbolKind; line: number };
};

export type SymbolsOf = ReadonlyMap<string, FileSymbol[]>;

type Folder = { folders: Map<string, Folder>; files: { name: string; path: string; change?: FileChange['status'] }[] };

const emptyFolder = (): Folder => ({ folders: new Map(), files: [] });

/** The tree of a project: folders first, then files, each by name. Folders that hold nothing but one folder are one node. */
export function buildTree(name: string, { files, changed }: TreeListing): MapNode {
  const changes = new Map(changed.map(({ path, status }) => [path, status]));
  const paths = new Set(files);
  const root = emptyFolder();
  for (const path of [...files, ...changed.filter(({ status, path }) => status === 'deleted' && !paths.has(path)).map(({ path }) => path)])
    addFile(root, path, changes.get(path));
  return { ...folderNode(root, ''), id: '', name, kind: 'project' };
}

function addFile(root: Folder, path: string, change: FileChange['status'] | undefined): void {
  const parts = path.split('/');
  const name = parts.pop() ?? path;
  let folder = root;
  for (const part of parts) {
    let next = folder.folders.get(part);
    if (!next) {
      next = emptyFolder();
      folder.folders.set(part, next);
    }
    folder = next;
  }
  folder.files.push({ name, path, ...(change ? { change } : {}) });
}

function folderNode(folder: Folder, path: string): MapNode {
  const below = [...folder.folders]
    .sort(([left], [right]) => naturalOrder(left, right))
    .map(([part, inner]) => namedFolder(part, inner, path));
  const files = folder.files
    .toSorted((left, right) => naturalOrder(left.name, right.name))
    .map((file): MapNode => ({ ...file, id: file.path, kind: 'file', children: [], files: 1, changed: file.change ? 1 : 0 }));
  const children = [...below, ...files];
  const sum = (pick: (node: MapNode) => number) => children.reduce((total, child) => total + pick(child), 0);
  return { id: path, name: '', kind: 'folder', path, children, files: sum((node) => node.files), changed: sum((node) => node.changed) };
}

function namedFolder(part: string, folder: Folder, above: string): MapNode {
  let name = part;
  let inner = folder;
  for (let only = onlyFolder(inner); only; only = onlyFolder(inner)) {
    name += `/${only[0]}`;
    inner = only[1];
  }
  return { ...folderNode(inner, above === '' ? name : `${above}/${name}`), name };
}

function onlyFolder({ folders, files }: Folder): [string, Folder] | undefined {
  return folders.size === 1 && files.length === 0 ? [...folders][0] : undefined;
}

/** What stands below a node where it is open: for a file the symbols that were read, once they were. */
export function childrenOf(node: MapNode, symbols: SymbolsOf): MapNode[] {
  if (node.kind !== 'file') return node.children;
  return (symbols.get(node.path) ?? []).map((symbol, index) => symbolNode(node.path, `${node.path}\0${index}`, symbol));
}

function symbolNode(path: string, id: string, { name, kind, line, symbols }: FileSymbol): MapNode {
  const children = symbols.map((inner, index) => symbolNode(path, `${id}.${index}`, inner));
  return { id, name, kind: 'symbol', path, children, files: 0, changed: 0, symbol: { kind, line } };
}

/** Nodes that a first picture shows. */
const firstRows = 24;

/** What is open at first: the ways to what changed, then level after level of folders, as long as it stays a picture. */
export function firstOpen(root: MapNode): Set<string> {
  const open = new Set(['']);
  let rows = root.children.length;
  const show = (folders: readonly MapNode[]) => {
    const added = folders.reduce((total, { children }) => total + children.length, 0);
    if (rows + added > firstRows) return false;
    rows += added;
    for (const { id } of folders) open.add(id);
    return true;
  };
  const changed = [...root.children];
  for (let node = changed.shift(); node; node = changed.shift())
    if (node.kind === 'folder' && node.changed > 0 && show([node])) changed.push(...node.children);
  for (let level = root.children; level.length > 0; level = level.flatMap(({ children }) => children)) {
    const closed = level.filter(({ kind, id }) => kind === 'folder' && !open.has(id));
    if (!show(closed)) break;
  }
  return open;
}
