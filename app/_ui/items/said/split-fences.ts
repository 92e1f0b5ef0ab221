/** What a person said, in turn with what they fenced as code: every second part is code. A fence that is never closed is words like any others. */
export function splitFences(text: string): string[] {
  const [first = '', ...rest] = text.split(/^(```.*(?:\n|$))/m);
  const parts = [first];
  for (let at = 0; at < rest.length; at += 4) {
    const [opening = '', code = '', closing, words = ''] = rest.slice(at, at + 4);
    if (closing === undefined) parts.push(parts.pop() + opening + code);
    else parts.push(code, words);
  }
  return parts;
}
