import { parser as cppParser } from '@lezer/cpp';
import { parser as goParser } from '@lezer/go';
import { parser as javaParser } from '@lezer/java';
import { parser as markdownParser } from '@lezer/markdown';
import { parser as pythonParser } from '@lezer/python';
import { parser as rustParser } from '@lezer/rust';
import type { Declaration, Grammar } from './grammar.ts';

export const python: Grammar = {
  parser: pythonParser,
  declarations: {
    FunctionDefinition: { kind: 'function', name: ['VariableName'] },
    ClassDefinition: { kind: 'class', name: ['VariableName'], holds: true },
  },
  through: ['DecoratedStatement', 'Body', 'IfStatement', 'TryStatement'],
};

export const go: Grammar = {
  parser: goParser,
  declarations: {
    FunctionDecl: { kind: 'function', name: ['DefName'] },
    MethodDecl: { kind: 'function', name: ['FieldName'] },
    TypeSpec: { kind: 'type', name: ['DefName'] },
    ConstSpec: { kind: 'value', name: ['DefName'] },
    VarSpec: { kind: 'value', name: ['DefName'] },
  },
  through: ['TypeDecl', 'ConstDecl', 'VarDecl', 'SpecList'],
};

const javaName = ['Definition'];
export const java: Grammar = {
  parser: javaParser,
  declarations: {
    ClassDeclaration: { kind: 'class', name: javaName, holds: true },
    InterfaceDeclaration: { kind: 'type', name: javaName, holds: true },
    EnumDeclaration: { kind: 'type', name: javaName, holds: true },
    RecordDeclaration: { kind: 'class', name: javaName, holds: true },
    MethodDeclaration: { kind: 'function', name: javaName },
    ConstructorDeclaration: { kind: 'function', name: javaName },
  },
  through: ['ClassBody', 'InterfaceBody', 'EnumBody', 'RecordBody'],
};

const rustType = ['TypeIdentifier', 'GenericType'];
export const rust: Grammar = {
  parser: rustParser,
  declarations: {
    FunctionItem: { kind: 'function', name: ['BoundIdentifier'] },
    StructItem: { kind: 'class', name: rustType },
    EnumItem: { kind: 'type', name: rustType },
    UnionItem: { kind: 'type', name: rustType },
    TypeItem: { kind: 'type', name: rustType },
    TraitItem: { kind: 'type', name: rustType, holds: true },
    ImplItem: { kind: 'class', name: rustType, holds: true },
    ModItem: { kind: 'module', name: ['BoundIdentifier'], holds: true },
    ConstItem: { kind: 'value', name: ['BoundIdentifier'] },
    StaticItem: { kind: 'value', name: ['BoundIdentifier'] },
    MacroDefinition: { kind: 'function', name: ['Identifier'] },
  },
  through: ['DeclarationList'],
};

export const cpp: Grammar = {
  parser: cppParser,
  declarations: {
    FunctionDefinition: { kind: 'function', name: ['Identifier', 'FieldIdentifier', 'ScopedIdentifier', 'DestructorName', 'OperatorName'] },
    ClassSpecifier: { kind: 'class', name: ['TypeIdentifier'], holds: true },
    StructSpecifier: { kind: 'class', name: ['TypeIdentifier'], holds: true },
    EnumSpecifier: { kind: 'type', name: ['TypeIdentifier'] },
    AliasDeclaration: { kind: 'type', name: ['TypeIdentifier'] },
    NamespaceDefinition: { kind: 'module', name: ['Identifier'], holds: true },
  },
  through: ['FieldDeclarationList', 'CompoundStatement', 'TemplateDeclaration', 'LinkageSpecification', 'DeclarationList'],
  nameWithin: ['FunctionDeclarator', 'PointerDeclarator', 'ReferenceDeclarator'],
};

const heading: Declaration = { kind: 'heading', name: [] };
const headings = ['SetextHeading1', 'SetextHeading2', ...[1, 2, 3].map((level) => `ATXHeading${level}`)];
/** What stands within a line declares nothing, and is dear to read: 160 KB of `**a_` took 14 s, at one go. */
const inline = ['Escape', 'Entity', 'InlineCode', 'HTMLTag', 'Emphasis', 'HardBreak', 'Link', 'Image', 'LinkEnd'];
export const markdown: Grammar = {
  parser: markdownParser.configure({ remove: inline }),
  declarations: Object.fromEntries(headings.map((name) => [name, heading])),
  through: [],
};
