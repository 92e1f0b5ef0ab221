import type { Protocol } from './model-route.ts';
import { listIn, objectIn, type WireObject } from './wire/reading.ts';

/**
 * What a provider would do besides answering is a way around the sandbox's walls: its own search and its connectors reach the network, with
 * whatever a hostile project tells them to carry, and cost by the call.
 */

const clientTools: Record<Exclude<Protocol, 'google'>, RegExp> = {
  anthropic: /^(?:custom$|(?:bash|text_editor|computer|memory|tool_search_tool)_)/,
  'openai-chat': /^(?:function|custom)$/,
  'openai-responses': /^(?:function|custom|namespace|local_shell|apply_patch|tool_search|computer\w*)$/,
};

/** The request with those tools alone that the client itself runs. */
export function withClientTools(protocol: Protocol, body: WireObject): WireObject {
  const {
    mcp_servers: _servers,
    container: _container,
    prompt: _stored,
    plugins: _plugins,
    models: _others,
    ...kept
  } = withoutSearch(withFoundTools(protocol, body));
  if (kept.tools === undefined) return kept;
  // Google takes one tool for a list of it.
  const given = listIn(Array.isArray(kept.tools) ? kept.tools : [kept.tools]);
  const tools = protocol === 'google' ? declaredFunctions(given) : clientToolsIn(protocol, given);
  if (tools.length > 0) return { ...kept, tools };
  const { tools: _tools, tool_choice: _choice, toolConfig: _config, ...bare } = kept;
  return bare;
}

/** Each server has a switch of its own: `web_search_options`, `search_parameters`, `enable_search`, `search_settings`. */
function withoutSearch(body: WireObject): WireObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !/search|^compound_/i.test(name)));
}

/** Tools that a client says to have found for the model come in its input. */
function withFoundTools(protocol: Protocol, body: WireObject): WireObject {
  if (protocol !== 'openai-responses' || !Array.isArray(body.input)) return body;
  const input = body.input.map((item: unknown) => {
    const { tools } = objectIn(item);
    return tools === undefined ? item : { ...objectIn(item), tools: clientToolsIn(protocol, listIn(tools)) };
  });
  return { ...body, input };
}

/** A tool may be a group of others. */
function clientToolsIn(protocol: Exclude<Protocol, 'google'>, tools: WireObject[]): WireObject[] {
  const own = tools.filter(
    ({ type }) => type === undefined || type === null || (typeof type === 'string' && clientTools[protocol].test(type)),
  );
  return own.map((tool) => (Array.isArray(tool.tools) ? { ...tool, tools: clientToolsIn(protocol, listIn(tool.tools)) } : tool));
}

/** Whether a model reaches the network by its own nature, or by what its name asks of a provider. */
export function isSearchingModel(model: string): boolean {
  return /-search(?:-|$)|deep-research|:online$|^perplexity\/|(?:^|\/)(?:compound|sonar)(?:-|$)/i.test(model);
}

/** Whether a request goes on from what the provider keeps, so that its bytes do not tell what the model reads. */
export function readsKept({ previous_response_id, conversation, cachedContent, cached_content, input }: WireObject): boolean {
  const kept = [previous_response_id, conversation, cachedContent, cached_content];
  return kept.some((reference) => (reference ?? null) !== null) || listIn(input).some(({ type }) => type === 'item_reference');
}

function declaredFunctions(tools: WireObject[]): WireObject[] {
  const functions = tools.flatMap((tool) => listIn(tool.functionDeclarations ?? tool.function_declarations));
  return functions.length > 0 ? [{ functionDeclarations: functions }] : [];
}

/** Where messages hold their parts, in all protocols; the arguments of tool calls are no parts. */
const nesting = [
  ...['messages', 'system', 'content', 'output', 'source'],
  ...['contents', 'parts', 'systemInstruction', 'system_instruction', 'functionResponse', 'function_response'],
  ...['generateContentRequest', 'generate_content_request'],
];

/** Visits every part of a request's messages, the request itself first. Throws a RangeError for what is nested too deeply. */
export function eachPart(value: unknown, visit: (part: WireObject) => void): void {
  if (Array.isArray(value)) for (const item of value) eachPart(item, visit);
  else if (typeof value === 'object' && value !== null) {
    const part = objectIn(value);
    visit(part);
    for (const name of nesting) eachPart(part[name], visit);
    // An input that is no list is a tool call's.
    if (Array.isArray(part.input)) eachPart(part.input, visit);
  }
}

/** Whether a part of a message names an address that the provider would fetch, instead of holding its bytes. */
export function namesAddress(body: WireObject): boolean {
  let found = false;
  eachPart(body, (part) => {
    found ||= isAddressed(part);
  });
  return found;
}

function isAddressed(part: WireObject): boolean {
  if ((part.type === 'image' || part.type === 'document') && objectIn(part.source).type === 'url') return true;
  const named = Object.entries(part).flatMap(([name, value]) => (name.endsWith('_url') ? [value, objectIn(value).url] : []));
  const files = [part.fileData, part.file_data].map(objectIn).flatMap(({ fileUri, file_uri }) => [fileUri, file_uri]);
  // Some servers take an address for a file's bytes.
  const bytes = [part.file_data, objectIn(part.file).file_data].filter((data) => typeof data === 'string' && /^\s*[a-z]+:\/\//i.test(data));
  return [...named, ...files, ...bytes].some((address) => typeof address === 'string' && !address.startsWith('data:'));
}
