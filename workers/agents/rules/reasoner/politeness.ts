import { correctVerb, startsWithVerb } from './verbs.ts';

const wishes =
  /^(?:i(?:'d| would)? (?:want|need|like)(?: to have)?|i(?:'d| would) (?:love|like)|we (?:want|need)|give me|get me|make me|write me|create me|build me)\s+/i;
const manners =
  /^(?:please|pls|plz|kindly|(?:can|could|would|will) you(?: please)?|i(?:'d| would)? (?:want|need|like|love)(?: you)? to|let'?s|we (?:want|need|have) to|go ahead and|hey(?: choir)?|hi(?: choir| there)?|ok(?:ay)?|so|now|also|just|next|first(?:ly)?|second(?:ly)?|third(?:ly)?|finally|lastly|at last|then|and then|and|after that|afterwards|after this|once done|when (?:that is|that's|it is|it's) done|(?:please )?help me(?: to)?|try to|(?:your task|the goal|my goal) is to|make sure to|be sure to|quickly|step \d+)(?=[\s,:])[\s,:]*/i;
const farewells = /[\s,]*(?:please|for me|thanks|thank you|thx|as well|too|ok|okay|now|right away|if you can|would you|will you)$/i;

/** A thing named without saying what to do with it is wanted. */
const thing =
  /^(?:an?\s+)?(?:new\s+|small\s+|simple\s+|short\s+)*(?:python|node(?:\.?js)?|javascript|js|react|static|landing|web|html|bash|shell|text)\s+(?:script|program|app|page|site|file|hello world|fibonacci|fizz\s?buzz)\b/i;

/** An instruction without its manners, list mark and closing punctuation, its first verb put right. */
export function plainInstruction(source: string): string {
  let text = source.replace(/^\s*(?:[-*+•]\s+|\(?\d{1,3}[.)]\s+|#+\s+|\[[ x]\]\s+)/i, '').trim();
  for (let round = 0; round < 8; round += 1) {
    const before = text;
    text = text.replace(manners, '').trim();
    text = text.replace(/[\s.!?,;]+$/, '');
    const shorter = text.replace(farewells, '');
    if (shorter !== '') text = shorter;
    if (text === before) break;
  }
  const wished = text.replace(wishes, '');
  if (wished !== text && wished !== '')
    text = startsWithVerb(wished) && !/^(?:list|test|check|count|sort|sum)\b/i.test(wished) ? wished : `create ${wished}`;
  if (thing.test(text)) text = `create ${text}`;
  return correctVerb(text);
}
