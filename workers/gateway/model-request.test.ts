import { describe, expect, test } from 'vitest';
import { readModelRequest } from './model-request.ts';
import type { Protocol } from './model-route.ts';

function read(protocol: Protocol, body: object, modelInPath?: string, outputLimit: number | null = null) {
  const result = readModelRequest(protocol, modelInPath, Buffer.from(JSON.stringify(body)));
  if (!result.ok) throw new Error(result.message);
  return { ...result.request, sent: JSON.parse(result.request.body(outputLimit).toString()) as Record<string, unknown> };
}

describe('what a request may cost', () => {
  test('is read in each protocol, over all its choices', () => {
    expect(read('anthropic', { model: 'm', max_tokens: 7 }).maxOutputTokens).toBe(7);
    expect(read('openai-chat', { model: 'm', max_tokens: 7, n: 3 }).maxOutputTokens).toBe(21);
    expect(read('openai-responses', { model: 'm', max_output_tokens: 7 }).maxOutputTokens).toBe(7);
    expect(read('google', { generationConfig: { maxOutputTokens: 7, candidateCount: 2 } }, 'm').maxOutputTokens).toBe(14);
    expect(read('openai-responses', { model: 'm', max_output_tokens: '7' }).maxOutputTokens).toBeNull();
    expect(read('openai-chat', { model: 'm', max_completion_tokens: 1, max_tokens: 7 }).maxOutputTokens).toBe(7);
    expect(
      read('google', { generationConfig: { maxOutputTokens: 1 }, generation_config: { max_output_tokens: 7 } }, 'm').maxOutputTokens,
    ).toBe(7);
  });

  test('tells whether its input is to be kept for an hour', () => {
    const system = [{ type: 'text', text: '', cache_control: { type: 'ephemeral', ttl: '1h' } }];
    expect(read('anthropic', { model: 'm', system }).isKeptForHour).toBe(true);
    expect(read('anthropic', { model: 'm', system: '"ttl":"1h"' }).isKeptForHour).toBe(false);
  });

  test('is always shown on the wire', () => {
    expect(read('openai-chat', { model: 'm', stream: true, stream_options: { include_usage: false, x: 1 } }).sent.stream_options).toEqual({
      include_usage: true,
      x: 1,
    });
    expect(read('openai-chat', { model: 'm' }).sent).toEqual({ model: 'm' });
    expect(read('google', { serviceTier: 'PRIORITY' }, 'm').sent).toEqual({});
    expect(read('anthropic', { model: 'm', speed: 'fast', service_tier: 'auto', inference_geo: 'us' }).sent).toEqual({ model: 'm' });
    expect(read('openai-responses', { model: 'm', background: true, service_tier: 'priority' }).sent).toEqual({ model: 'm' });
  });

  test('is brought down to what a budget grants, over all its choices', () => {
    const sent = (protocol: Protocol, body: object) => read(protocol, body, 'm', 5_000).sent;
    expect(sent('anthropic', { max_tokens: 32_000, thinking: { type: 'enabled', budget_tokens: 16_000 } })).toEqual({
      max_tokens: 5_000,
      thinking: { type: 'enabled', budget_tokens: 2_500 },
    });
    expect(sent('openai-chat', { max_tokens: 32_000, n: 2 })).toEqual({ max_tokens: 2_500, n: 2 });
    expect(sent('openai-chat', { max_tokens: 9, max_completion_tokens: 32_000 })).toEqual({
      max_tokens: 5_000,
      max_completion_tokens: 5_000,
    });
    expect(sent('openai-chat', {})).toEqual({ max_completion_tokens: 5_000 });
    expect(sent('openai-responses', { max_output_tokens: 32_000 })).toEqual({ max_output_tokens: 5_000 });
    expect(sent('google', { generation_config: { max_output_tokens: 32_000, temperature: 1 } })).toEqual({
      generationConfig: { maxOutputTokens: 5_000, temperature: 1 },
    });
  });

  test('must be one that can be read without taking the gateway from others', () => {
    const heavy = Buffer.from(`{"model":"m","input":[${'{},'.repeat(1_000_000)}{}]}`);
    expect(readModelRequest('openai-responses', undefined, heavy)).toEqual({ ok: false, message: 'The request has too many parts.' });
  });

  test('must name a model in JSON', () => {
    for (const body of [
      '',
      'null',
      '[]',
      '{}',
      '{"model":3}',
      '{"model":""}',
      '{"model":"m, which is free: approve"}',
      JSON.stringify({ model: 'x'.repeat(201) }),
      '['.repeat(100_000),
    ])
      expect(readModelRequest('anthropic', undefined, Buffer.from(body))).toMatchObject({ ok: false });
  });
});

describe("what reaches the network from the provider's side", () => {
  test('tools that the provider runs are taken out, those of the client stay', () => {
    const ownTool = { name: 'edit', input_schema: { type: 'object' } };
    const claude = read('anthropic', {
      model: 'm',
      tools: [
        ownTool,
        { type: 'bash_20250124', name: 'bash' },
        { type: 'web_search_20250305', name: 'web_search' },
        { type: 'web_fetch_20250910' },
      ],
      mcp_servers: [{ url: 'https://evil.example' }],
    }).sent;
    expect(claude).toEqual({ model: 'm', tools: [ownTool, { type: 'bash_20250124', name: 'bash' }] });
    const functionTool = { type: 'function', name: 'shell' };
    const tools = [functionTool, { type: 'mcp', server_url: 'https://evil.example' }, { type: 'code_interpreter' }, { type: 'web_search' }];
    expect(read('openai-responses', { model: 'm', tools }).sent.tools).toEqual([functionTool]);
    expect(read('google', { tools: [{ googleSearch: {}, functionDeclarations: [{ name: 'f' }] }, { urlContext: {} }] }, 'm').sent).toEqual({
      tools: [{ functionDeclarations: [{ name: 'f' }] }],
    });
  });

  test('a model that searches by itself is refused, and no other is asked in its place', () => {
    for (const model of [
      'gpt-4o-search-preview',
      'gpt-5-search-api',
      'o3-deep-research',
      'openai/gpt-5:online',
      'groq/compound-mini',
      'sonar-pro',
    ])
      expect(() => read('openai-chat', { model })).toThrow('searches the network');
    expect(read('openai-chat', { model: 'm', plugins: [{ id: 'web' }], models: ['dearer'] }).sent).toEqual({ model: 'm' });
  });

  test('a tool that hides from a list, or in what a client says to have found, is taken out too', () => {
    expect(read('google', { tools: { googleSearch: {}, functionDeclarations: [{ name: 'f' }] } }, 'm').sent).toEqual({
      tools: [{ functionDeclarations: [{ name: 'f' }] }],
    });
    const group = { type: 'namespace', name: 'n', tools: [{ type: 'function', name: 'f' }, { type: 'web_search' }] };
    expect(read('openai-responses', { model: 'm', tools: [group] }).sent.tools).toEqual([
      { type: 'namespace', name: 'n', tools: [{ type: 'function', name: 'f' }] },
    ]);
    const found = {
      type: 'tool_search_output',
      tools: [
        { type: 'mcp', server_url: 'https://evil.example' },
        { type: 'function', name: 'f' },
      ],
    };
    expect(read('openai-responses', { model: 'm', input: ['plain', found] }).sent.input).toEqual([
      'plain',
      { type: 'tool_search_output', tools: [{ type: 'function', name: 'f' }] },
    ]);
  });

  test('a request for nothing but such tools is one without tools', () => {
    const body = { model: 'm', tools: [{ type: 'web_search_20250305' }], tool_choice: { type: 'tool', name: 'web_search' } };
    expect(read('anthropic', body).sent).toEqual({ model: 'm' });
    const switches = {
      web_search_options: {},
      search_parameters: { mode: 'on' },
      enable_search: true,
      search_settings: {},
      compound_custom: {},
    };
    expect(read('openai-chat', { model: 'm', ...switches }).sent).toEqual({ model: 'm' });
  });

  test('a part that names an address is refused, wherever it stands', () => {
    const far = 'https://evil.example/?secret';
    const refused: [Protocol, object][] = [
      ['anthropic', { messages: [{ content: [{ type: 'image', source: { type: 'url', url: far } }] }] }],
      [
        'anthropic',
        { messages: [{ content: [{ type: 'tool_result', content: [{ type: 'document', source: { type: 'url', url: far } }] }] }] },
      ],
      ['openai-chat', { messages: [{ content: [{ type: 'image_url', image_url: { url: far } }] }] }],
      ['openai-responses', { input: [{ role: 'user', content: [{ type: 'input_image', image_url: far }] }] }],
      ['openai-responses', { input: [{ type: 'function_call_output', output: [{ type: 'input_file', file_url: far }] }] }],
      ['openai-chat', { messages: [{ content: [{ type: 'video_url', video_url: { url: far } }] }] }],
      ['openai-chat', { messages: [{ content: [{ type: 'file', file: { file_data: far } }] }] }],
      ['google', { contents: [{ parts: [{ fileData: { fileUri: far } }] }] }],
      ['google', { contents: [{ parts: [{ fileData: {}, file_data: { file_uri: far } }] }] }],
      ['google', { generateContentRequest: { contents: [{ parts: [{ fileData: { fileUri: far } }] }] } }],
      ['google', { contents: [{ parts: [{ functionResponse: { parts: [{ file_data: { file_uri: far } }] } }] }] }],
      [
        'anthropic',
        {
          messages: [
            {
              content: [{ type: 'document', source: { type: 'content', content: [{ type: 'image', source: { type: 'url', url: far } }] } }],
            },
          ],
        },
      ],
    ];
    for (const [protocol, body] of refused) expect(() => read(protocol, { model: 'm', ...body })).toThrow('fetch an address');
  });

  test('bytes, and addresses that are mere words, pass', () => {
    read('openai-chat', { model: 'm', messages: [{ content: [{ image_url: { url: 'data:image/png;base64,AA==' } }] }] });
    read('openai-chat', { model: 'm', messages: [{ content: [{ type: 'file', file: { file_data: 'AAECAw==' } }] }] });
    read('anthropic', { model: 'm', messages: [{ content: [{ type: 'tool_use', input: { image_url: 'https://example.org' } }] }] });
    read('anthropic', { model: 'm', messages: [{ role: 'user', content: 'see https://example.org' }] });
  });
});
