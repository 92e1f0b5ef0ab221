import { sleep } from '../../../_live/sleep.ts';

type Recognition = {
  continuous: boolean;
  interimResults: boolean;
  lang: string;
  onresult: ((event: { results: ArrayLike<ArrayLike<{ transcript: string }>> }) => void) | null;
  onerror: (() => void) | null;
  onend: (() => void) | null;
  start(): void;
  stop(): void;
  abort(): void;
};

/** Words that the browser hears. `finish` gives them all, or an empty text where it heard none. */
export type BrowserSpeech = { finish(): Promise<string>; abort(): void };

/** How long the browser may take for its last words. */
const lastWordsMs = 3_000;

/** Listens with the browser's own speech recognition, beside the recording; null where it has none. */
export function startBrowserSpeech(): BrowserSpeech | null {
  const known = window as unknown as Partial<Record<'SpeechRecognition' | 'webkitSpeechRecognition', new () => Recognition>>;
  const Engine = known.SpeechRecognition ?? known.webkitSpeechRecognition;
  if (!Engine) return null;
  const recognition = new Engine();
  let words = '';
  const ended = new Promise<void>((resolve) => {
    recognition.onend = resolve;
    recognition.onerror = () => resolve();
  });
  recognition.continuous = true;
  recognition.interimResults = false;
  recognition.lang = navigator.language;
  recognition.onresult = ({ results }) => {
    words = Array.from(results, (result) => result[0]?.transcript ?? '').join(' ');
  };
  try {
    recognition.start();
  } catch {
    return null;
  }
  return {
    async finish() {
      recognition.stop();
      await Promise.race([ended, sleep(lastWordsMs)]);
      return words.trim();
    },
    abort: () => recognition.abort(),
  };
}
