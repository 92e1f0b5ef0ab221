/** Text of others, marked as such for the model: it cannot close its own mark. */
export function markData(name: string, text: string): string {
  return `<data name=${JSON.stringify(name)}>\n${text.replaceAll(/<(?=\/?data\b)/gi, '<\u200b')}\n</data>`;
}
