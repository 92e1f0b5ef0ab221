/** What the agent says when it cannot help further. Plain, with three goals to try. */
export const exampleGoals = [
  'create hello.txt with hello world',
  'write a Python script that prints the first 10 Fibonacci numbers and run it',
  'scaffold a React app called shop',
] as const;

const connectModel = 'Goals in free words need a model: set ANTHROPIC_API_KEY, OPENAI_API_KEY or GEMINI_API_KEY and start Choir again.';

const examples = `Things I can do:\n${exampleGoals.map((goal) => `- ${goal}`).join('\n')}\n\n${connectModel}`;

export const whatCanBeDone = `Hello. Give me a goal in plain words, and I work by fixed rules.\n\n${examples}`;

export function nothingUnderstood(problem?: string): string {
  const start = problem ?? 'I work by fixed rules and none of them covers this goal, so I have done nothing.';
  return `${start}\n\n${examples}`;
}

export function partNotUnderstood(text: string): string {
  return `I have not done this part, because none of my rules covers it: ${text}\n\n${connectModel}`;
}
