export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];
export const themeCookie = 'choir-theme';

/** `--paper` of `globals.css`, for what a browser draws around the page and knows no variables. */
export const paperColors = { light: '#fbfaf8', dark: '#121315' };

const yearSeconds = 31_536_000;

export function readTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? 'system';
}

/** The theme that the page stands in. */
export function shownTheme(): Theme {
  return readTheme(document.documentElement.dataset.theme);
}

/** Shows the theme at once, here and in the other tabs, and keeps it in a cookie, so that the server's next page comes in it without a flash. */
export function applyTheme(theme: Theme): void {
  showTheme(theme);
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Safari
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=${yearSeconds}; samesite=lax`;
  try {
    localStorage.setItem(themeCookie, theme);
  } catch {
    // No storage on this device: the other tabs hear of it with their next page.
  }
}

function showTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]'))
    meta.content = paperColors[theme === 'system' ? (meta.media.includes('dark') ? 'dark' : 'light') : theme];
}

/** Shows what is chosen in another tab; gives the way to end that. */
export function followTheme(): () => void {
  const heard = ({ key, newValue }: StorageEvent) => {
    if (key === themeCookie && newValue) showTheme(readTheme(newValue));
  };
  window.addEventListener('storage', heard);
  return () => window.removeEventListener('storage', heard);
}

/** Whether the page stands in its dark colours. */
export function isDark(): boolean {
  const { theme } = document.documentElement.dataset;
  return theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

/** Calls `onChange` when a person chooses another theme, or the device changes to its other one; gives the way to end that. */
export function watchTheme(onChange: () => void): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const chosen = new MutationObserver(onChange);
  dark.addEventListener('change', onChange);
  chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => {
    dark.removeEventListener('change', onChange);
    chosen.disconnect();
  };
}
