import { posix } from 'node:path';
import { readScript, type ScriptView } from '../shell/read-script.ts';
import { staysInTree } from '../tree-path.ts';
import { scriptFiles, within } from './script-files.ts';

/** Text of the project's files by path; null for what is not there or cannot be read. */
export type Sources = ReadonlyMap<string, string | null>;

/** What the project's own files run in the course of a script: each piece with the file that it stands in. */
export type FoundScript = { path: string; view: ScriptView };

const depthLimit = 6;
const scriptLimit = 200;
const folderLimit = 8;

/** Follows a script into package scripts, makefiles and shell scripts. `wanted`: files that `sources` says nothing of; read them and ask again. Pure. */
export function readScripts(own: ScriptView, cwd: string, sources: Sources): { scripts: FoundScript[]; wanted: string[] } {
  const wanted = new Set<string>();
  const scripts: FoundScript[] = [];
  const seen = new Set<string>();
  let level = [{ view: own, folder: cwd }];
  for (let depth = 0; depth < depthLimit && level.length > 0; depth += 1) {
    const next: typeof level = [];
    for (const { view, folder } of level) {
      let folders = [folder];
      for (const command of view.commands) {
        if (command.name === 'cd' || command.name === 'pushd')
          folders = [...folders, ...within(folders, command.args)].slice(0, folderLimit);
        for (const file of scriptFiles(command, folders)) {
          const text = sources.get(file.path);
          if (text === undefined) wanted.add(file.path);
          for (const script of text ? file.scriptsIn(text) : []) {
            const key = `${file.folder}\0${script}`;
            if (seen.has(key) || scripts.length >= scriptLimit) continue;
            seen.add(key);
            const found = readScript(script);
            scripts.push({ path: file.path, view: seenFrom(found, file.folder) });
            next.push({ view: found, folder: file.folder });
          }
        }
      }
    }
    level = next;
  }
  return { scripts, wanted: [...wanted] };
}

/** In a folder of the tree, `..` need not lead out of it. */
function seenFrom(view: ScriptView, folder: string): ScriptView {
  const fromRoot = <Word extends { text: string }>(word: Word): Word => {
    const path = posix.join(folder, word.text);
    return word.text.startsWith('..') && staysInTree(path) ? { ...word, text: path } : word;
  };
  return { ...view, commands: view.commands.map((command) => ({ ...command, args: command.args.map(fromRoot) })) };
}
