/** Words that start an instruction the rules may know. */
const known =
  'create make write add generate save put append prepend replace change substitute swap edit update rename move copy duplicate delete remove erase run execute ' +
  'start launch install uninstall list show read print display open search find grep look summarize summarise describe explain build scaffold set bootstrap test ' +
  'check compute calculate count sort reverse convert checkpoint revert undo restore rollback roll go apply touch mkdir tell what give initialize init lint format cat sum average';

/** Words that start an instruction which no rule knows: they still end the one before. */
const foreign =
  'deploy send email mail fix refactor optimize optimise translate implement debug review publish release push merge commit upload download fetch post tweet notify ' +
  'call use book order buy train design analyze analyse improve rewrite migrate document benchmark schedule';

const knownVerbs = new Set(known.split(' '));
const verbs = new Set([...knownVerbs, ...foreign.split(' ')]);

export function startsWithVerb(text: string): boolean {
  const word = /^[a-z]+/i.exec(text)?.[0].toLowerCase() ?? '';
  return verbs.has(word);
}

/** The text with a mistyped first verb put right: `crate hello.txt` -> `create hello.txt`. */
export function correctVerb(text: string): string {
  const word = /^[a-z]{4,10}(?=\s)/i.exec(text)?.[0] ?? '';
  const lower = word.toLowerCase();
  if (word === '' || verbs.has(lower) || lower === 'move' || lower === 'python') return text;
  for (const verb of knownVerbs) {
    if (verb.length >= 4 && verb[0] === lower[0] && isOneSlip(lower, verb)) return verb + text.slice(word.length);
  }
  return text;
}

/** One letter too many, too few, wrong, or two exchanged. */
function isOneSlip(left: string, right: string): boolean {
  if (Math.abs(left.length - right.length) > 1) return false;
  let start = 0;
  while (start < left.length && left[start] === right[start]) start += 1;
  const restLeft = left.slice(start);
  const restRight = right.slice(start);
  if (restLeft.slice(1) === restRight.slice(1) || restLeft.slice(1) === restRight || restLeft === restRight.slice(1)) return true;
  return restLeft[0] === restRight[1] && restLeft[1] === restRight[0] && restLeft.slice(2) === restRight.slice(2);
}
