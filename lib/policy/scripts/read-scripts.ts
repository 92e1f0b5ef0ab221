import { posix } from 'node:path';
import { readScript, type ScriptView } from '../shell/read-script.ts';
import { staysInTree } from '../tree-path.ts';
import { type ScriptFile, scriptFiles, within } from './script-files.ts';

/** Text of the project's files by path; null for what is not there or cannot be read. */
export type Sources = ReadonlyMap<string, string | null>;

/** What the project's own files run in the course of a script: each piece with the file that it stands in. */
export type FoundScript = { path: string; view: ScriptView };

const depthLimit = 6;
const scriptLimit = 200;
/** Files that commands start: each is taken apart again for each. */
const startLimit = 500;
const folderLimit = 8;
/** Sources grow from round to round: what was parsed once is not parsed again. */
const parsed = new WeakMap<Sources, Map<string, ScriptView>>();

/** Follows a script into package scripts, makefiles and shell scripts. `wanted`: files that `sources` says nothing of; read them and ask again. Pure. */
export function readScripts(own: ScriptView, cwd: string, sources: Sources): { scripts: FoundScript[]; wanted: string[] } {
  const wanted = new Set<string>();
  const scripts: FoundScript[] = [];
  const views = parsed.get(sources) ?? new Map<string, ScriptView>();
  parsed.set(sources, views);
  const seen = new Set<string>();
  let starts = 0;
  let level = [{ view: own, folder: cwd }];
  for (let depth = 0; depth < depthLimit && level.length > 0; depth += 1) {
    const next: typeof level = [];
    for (const { file, text } of level.flatMap(({ view, folder }) => filesOf(view, folder, sources))) {
      if (text === undefined) wanted.add(file.path);
      if (!text || ++starts > startLimit) continue;
      for (const script of file.scriptsIn(text)) {
        const key = `${file.folder}\0${script}`;
        if (seen.has(key) || scripts.length >= scriptLimit) continue;
        seen.add(key);
        const view = views.get(script) ?? readScript(script);
        views.set(script, view);
        scripts.push({ path: file.path, view: seenFrom(view, file.folder) });
        next.push({ view, folder: file.folder });
      }
    }
    level = next;
  }
  return { scripts, wanted: [...wanted] };
}

/** The files that a script's commands start, wherever it may have gone before. */
function filesOf(view: ScriptView, folder: string, sources: Sources): { file: ScriptFile; text: string | null | undefined }[] {
  let folders = [folder];
  return view.commands.flatMap((command) => {
    if (command.name === 'cd' || command.name === 'pushd') folders = [...folders, ...within(folders, command.args)].slice(0, folderLimit);
    return scriptFiles(command, folders).map((file) => ({ file, text: sources.get(file.path) }));
  });
}

/** In a folder of the tree, `..` need not lead out of it. */
function seenFrom(view: ScriptView, folder: string): ScriptView {
  const fromRoot = <Word extends { text: string }>(word: Word): Word => {
    const path = posix.join(folder, word.text);
    return word.text.startsWith('..') && staysInTree(path) ? { ...word, text: path } : word;
  };
  return { ...view, commands: view.commands.map((command) => ({ ...command, args: command.args.map(fromRoot) })) };
}
