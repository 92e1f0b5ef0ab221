import type { Parser } from '@lezer/common';
import type { SymbolKind } from '#lib/core/project-map.ts';

/**
 * How a language declares things, in the words of its Lezer grammar. `name`: the nodes that may hold a declaration's name, looked for among its
 * children and below those in `nameWithin`; none: its own text. `holds`: what is declared inside belongs to it, else it is not looked into.
 */
export type Declaration = { kind: SymbolKind; name: readonly string[]; holds?: true };

export type Grammar = {
  parser: Parser;
  declarations: Record<string, Declaration>;
  /** Nodes that declare nothing themselves and are looked into. */
  through: readonly string[];
  nameWithin?: readonly string[];
};
