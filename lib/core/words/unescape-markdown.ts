/** Markdown as plain text keeps all but the backslashes that stand before punctuation outside of code. Linear in the text. */
export function unescapeMarkdown(text: string): string {
  let openTicks = 0;
  return text.replaceAll(/(\\?)(`+)|\\([!-/:-@[-_{-~])/g, (whole: string, slash: string, ticks: string | undefined, escaped: string) => {
    if (openTicks > 0) {
      if (ticks?.length === openTicks) openTicks = 0;
      return whole;
    }
    if (ticks === undefined) return escaped;
    openTicks = ticks.length - slash.length;
    return ticks;
  });
}
