const greeting =
  /^(?:(?:hi|hello|hey|hallo|yo|good (?:morning|afternoon|evening|day))(?: there| choir| you| everyone)?|thanks?(?: you)?(?: (?:so much|a lot))?|help(?: me)?|(?:what can you do|who are you|how does this work|how are you)(?: here)?)$/i;

/** Words that ask for nothing to be done: the answer to them is what can be done. */
export function isSmallTalk(goal: string): boolean {
  const words = goal
    .replaceAll(/[^\p{L}\p{N}\s]/gu, '')
    .trim()
    .replaceAll(/\s+/g, ' ');
  return words.length < 60 && greeting.test(words);
}
