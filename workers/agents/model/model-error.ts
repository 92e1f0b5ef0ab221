import { APICallError, StreamProviderError } from 'ai';
import type { ModelChoice } from './choose-model.ts';
import { providerName } from './choose-model.ts';

/**
 * `transient`: worth another try; `silent`: as well, but each try takes minutes; `too-long`: the conversation does not fit; `permanent`: a person
 * must change something.
 */
export type ModelErrorKind = 'transient' | 'silent' | 'too-long' | 'permanent';

/** A call to a model that came to nothing. `message` is a sentence for the person. */
export class ModelError extends Error {
  readonly kind: ModelErrorKind;
  /** What the provider asked for; null where it said nothing. */
  readonly retryAfterMs: number | null;
  constructor(kind: ModelErrorKind, message: string, retryAfterMs: number | null = null) {
    super(message);
    this.name = 'ModelError';
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
  }
}

const keyNames = { anthropic: 'ANTHROPIC_API_KEY', openai: 'OPENAI_API_KEY', google: 'GEMINI_API_KEY' } as const;
const networkCodes = /^(?:ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ENOENT|UND_ERR)/;

/** What went wrong, classed by whether another try can help. Errors that are not of a model call stay what they are. */
export function classModelError(error: unknown, choice: ModelChoice): ModelError {
  if (error instanceof ModelError) return error;
  const name = providerName(choice.provider);
  if (APICallError.isInstance(error)) return classStatus(error, choice);
  if (StreamProviderError.isInstance(error)) {
    const kind = error.isRetryable || error.statusCode === undefined ? 'transient' : 'permanent';
    return new ModelError(kind, `${name} broke off its answer: ${quote(error.message)}`);
  }
  if (!(error instanceof Error)) return new ModelError('transient', `${name} broke off its answer: ${quote(String(error))}`);
  if (networkCode(error) || /^(?:fetch failed|terminated)$/.test(error.message))
    return new ModelError('transient', `${name} cannot be reached. Check the network of the machine that Choir runs on.`);
  if (error.name.startsWith('AI_')) return new ModelError('transient', `The answer of ${name} could not be read.`);
  return new ModelError('permanent', `The model could not be asked: ${quote(error.message)}`);
}

function classStatus(error: APICallError, { provider, model }: ModelChoice): ModelError {
  const name = providerName(provider);
  const status = error.statusCode;
  const said = quote(error.message);
  if (status === undefined)
    return new ModelError('transient', `${name} cannot be reached. Check the network of the machine that Choir runs on.`);
  // A body that is no JSON comes with the status of success.
  if (status < 400) return new ModelError('transient', `The answer of ${name} could not be read.`);
  if (status === 402) return new ModelError('permanent', `No more money for model calls: ${said}`);
  const toMend = wordsToMend(status, { provider, model }, `${error.message} ${error.responseBody ?? ''}`);
  if (toMend) return new ModelError('permanent', toMend);
  if ((status === 400 || status === 413 || status === 422) && isTooLong(error))
    return new ModelError(
      'too-long',
      `The conversation does not fit into "${model}": ${sentence(said)} Choose a model that takes in more, or begin a new thread.`,
    );
  if (/insufficient_quota|credit balance|billing/i.test(`${error.message} ${error.responseBody ?? ''}`))
    return new ModelError('permanent', `The account at ${name} has no credit left.`);
  if (error.isRetryable)
    return new ModelError('transient', `${name} does not answer now (${status}): ${sentence(said)}`, retryAfterOf(error));
  return new ModelError('permanent', `${name} refused the request (${status}): ${said}`);
}

/** What a person must change before any call of this kind can go through; null for a status that does not tell. */
export function wordsToMend(status: number, { provider, model }: ModelChoice, said: string): string | null {
  const name = providerName(provider);
  if (status === 403 || isKeyRefused(status, said))
    return `${name} did not accept the key (${status}). Check ${keyNames[provider]} and start Choir again.`;
  return status === 404 ? `${name} has no model called "${model}". Choose another one.` : null;
}

/** Whether no call with this key can go through, whatever it is about. Google says 400 to a wrong key. */
export function isKeyRefused(status: number, said: string): boolean {
  return status === 401 || (status === 400 && /API key not valid|API_KEY_INVALID/.test(said));
}

function isTooLong({ message, responseBody = '' }: APICallError): boolean {
  return /context.{0,20}(?:length|window|size)|too long|too many tokens|maximum.{0,30}tokens|exceeds.{0,30}tokens/i.test(
    `${message} ${responseBody}`,
  );
}

/** How long a provider asks to wait, in milliseconds from `now`. */
export function retryAfterMs(headers: Record<string, string>, now: number): number | null {
  const milliseconds = Number.parseFloat(headers['retry-after-ms'] ?? '');
  if (milliseconds >= 0) return milliseconds;
  const after = headers['retry-after'] ?? '';
  const seconds = Number(after);
  if (after.trim() !== '' && seconds >= 0) return seconds * 1_000;
  const at = Date.parse(after);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

function retryAfterOf({ responseHeaders = {} }: APICallError): number | null {
  return retryAfterMs(responseHeaders, Date.now());
}

function networkCode(error: Error): boolean {
  const codes = [error, error.cause].map((each) => (each instanceof Error && 'code' in each ? String(each.code) : ''));
  return codes.some((code) => networkCodes.test(code));
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** A provider's words, short and on one line. */
function quote(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 297)}...` : line || 'no reason given';
}
