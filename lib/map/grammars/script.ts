import { parser } from '@lezer/javascript';
import type { Grammar } from './grammar.ts';

const value = ['VariableDefinition'];
const type = ['TypeDefinition'];
const member = ['PropertyDefinition', 'PrivatePropertyDefinition'];

const declarations: Grammar['declarations'] = {
  FunctionDeclaration: { kind: 'function', name: value },
  VariableDeclaration: { kind: 'value', name: value },
  ClassDeclaration: { kind: 'class', name: value, holds: true },
  MethodDeclaration: { kind: 'function', name: member },
  PropertyDeclaration: { kind: 'value', name: member },
  InterfaceDeclaration: { kind: 'type', name: type },
  TypeAliasDeclaration: { kind: 'type', name: type },
  EnumDeclaration: { kind: 'type', name: type },
  NamespaceDeclaration: { kind: 'module', name: value, holds: true },
};
const through = ['ExportDeclaration', 'AmbientDeclaration', 'ClassBody', 'Block'];

export const script: Grammar = { parser: parser.configure({ dialect: 'jsx' }), declarations, through };
export const typescript: Grammar = { ...script, parser: parser.configure({ dialect: 'ts' }) };
export const tsx: Grammar = { ...script, parser: parser.configure({ dialect: 'ts jsx' }) };
