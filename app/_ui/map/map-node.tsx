import { Box, Braces, ChevronRight, File, Folder, FolderOpen, Hash, type LucideIcon, Shapes, SquareFunction, Variable } from 'lucide-react';
import type { FileChange } from '#lib/core/change.ts';
import type { SymbolKind } from '#lib/core/project-map.ts';
import { ShortName } from '../base/short-name.tsx';
import type { PlacedNode } from './layout-map.ts';
import { childrenOf, type MapNode, type SymbolsOf } from './map-tree.ts';

const symbolIcons: Record<SymbolKind, { Icon: LucideIcon; word: string }> = {
  function: { Icon: SquareFunction, word: 'function' },
  class: { Icon: Box, word: 'class' },
  type: { Icon: Shapes, word: 'type' },
  value: { Icon: Variable, word: 'value' },
  module: { Icon: Braces, word: 'module' },
  heading: { Icon: Hash, word: 'heading' },
};

const changeWords: Record<FileChange['status'], string> = {
  added: 'new',
  modified: 'changed',
  deleted: 'deleted',
  renamed: 'renamed',
  mode: 'changed',
  type: 'changed',
};

/** Whether something may stand below a node: of a file one knows only once it was asked. */
export function canOpen(node: MapNode, symbols: SymbolsOf): boolean {
  if (node.kind === 'symbol') return false;
  if (node.kind !== 'file') return node.children.length > 0;
  return node.change !== 'deleted' && symbols.get(node.path)?.length !== 0;
}

/** The name of a node with its sign, and what changed there. On the map the dots are the signs of files and folders. */
export function MapNodeName({ node, isOpen, isOnMap = false }: { node: MapNode; isOpen: boolean; isOnMap?: boolean }) {
  const symbol = node.symbol && symbolIcons[node.symbol.kind];
  const Icon = symbol ? symbol.Icon : node.kind === 'file' ? File : isOpen ? FolderOpen : Folder;
  return (
    <>
      {(symbol || !isOnMap) && <Icon className={`size-3.5 shrink-0 ${node.changed > 0 ? 'text-good' : 'text-ink-soft'}`} aria-hidden />}
      {symbol && <span className="sr-only">{symbol.word}</span>}
      <span className={`min-w-0 ${node.change === 'deleted' ? 'line-through' : ''} ${node.changed > 0 ? 'font-medium' : ''}`}>
        <ShortName name={node.name} />
      </span>
      {node.change ? (
        <span className={isOnMap ? 'sr-only' : 'shrink-0 text-good text-xs'}>{changeWords[node.change]}</span>
      ) : (
        node.changed > 0 && (
          <span className="tabular shrink-0 rounded-full bg-good-soft px-1.5 text-good text-xs">
            {node.changed}
            <span className="sr-only"> changed</span>
          </span>
        )
      )}
      {node.changed === 0 && !isOpen && node.kind === 'folder' && (
        <span className="tabular shrink-0 text-ink-soft text-xs">
          {node.files}
          <span className="sr-only"> files</span>
        </span>
      )}
    </>
  );
}

/** The sign that something opens, with the press that does it. */
export function OpenSign({ node, isOpen, onOpen }: { node: MapNode; isOpen: boolean; onOpen(): void }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={`${isOpen ? 'Close' : 'Open'} ${node.name}`}
      onClick={(event) => {
        event.stopPropagation();
        onOpen();
      }}
      className="inline-flex h-full min-h-6 w-9 shrink-0 items-center justify-center rounded-control text-ink-soft hover:bg-sunken hover:text-ink"
    >
      <ChevronRight className={`size-4 transition-transform duration-100 ${isOpen ? 'rotate-90' : ''}`} aria-hidden />
    </button>
  );
}

/** Where the arrow keys lead from a node; null where they lead nowhere. `open` and `close` are about the node itself. */
export function keyTarget(
  key: string,
  at: PlacedNode,
  placed: readonly PlacedNode[],
  symbols: SymbolsOf,
): PlacedNode | 'open' | 'close' | null {
  const index = placed.indexOf(at);
  switch (key) {
    case 'ArrowDown':
      return placed[index + 1] ?? null;
    case 'ArrowUp':
      return placed[index - 1] ?? null;
    case 'ArrowRight':
      if (!at.isOpen) return canOpen(at.node, symbols) ? 'open' : null;
      return childrenOf(at.node, symbols).length > 0 ? (placed[index + 1] ?? null) : null;
    case 'ArrowLeft':
      return at.isOpen && at.node.kind !== 'symbol' ? 'close' : at.parent;
    case 'Home':
      return placed[0] ?? null;
    case 'End':
      return placed.at(-1) ?? null;
    default:
      return null;
  }
}
