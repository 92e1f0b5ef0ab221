/** What a mark becomes; `at` is where it stands in the text. */
type Replace = (mark: string, at: number) => string;

/**
 * Markdown as plain text keeps all but the backslashes that stand before punctuation outside of code. What `marks` find there, none of it a backtick,
 * is replaced too. Linear in the text.
 */
export function unescapeMarkdown(text: string, marks = /(?!)/, replace: Replace = (mark) => mark): string {
  const pattern = new RegExp(String.raw`(?:(^[ \t]{0,3})|)(\\?)(${'`'}+)|\\([!-/:-@[-_{-~])|${marks.source}`, 'gm');
  // Backticks that no equal ones follow open nothing, unless they begin a fence: it goes on to the end.
  const lastAt = new Map(Array.from(text.matchAll(/`+/g), ({ 0: ticks, index }) => [ticks.length, index]));
  let openTicks = 0;
  let [plain, end] = ['', 0];
  for (const { 0: whole, 1: indent, 2: slash = '', 3: ticks, 4: escaped, index } of text.matchAll(pattern)) {
    plain += text.slice(end, index);
    end = index + whole.length;
    if (openTicks > 0) {
      if (ticks?.length === openTicks) openTicks = 0;
      plain += whole;
    } else if (ticks !== undefined) {
      const count = ticks.length - slash.length;
      const isFence = indent !== undefined && slash === '' && count >= 3;
      if (isFence || (lastAt.get(count) ?? -1) >= end) openTicks = count;
      plain += (indent ?? '') + ticks;
    } else plain += escaped ?? replace(whole, index);
  }
  return plain + text.slice(end);
}
