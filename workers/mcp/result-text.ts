import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { outputLimitBytes, type ToolResult } from '#lib/core/tool.ts';
import { plainText } from './plain-text.ts';

/** What comes of a call whose tool said `text`, in which no secret stands any more. */
export function toldResult(text: string, isError: boolean): Pick<ToolResult, 'status'> & Partial<ToolResult> {
  const stdout = plainText(text, outputLimitBytes / 2);
  return isError ? { status: 'failed', stdout, error: 'The tool says that it failed.' } : { status: 'succeeded', stdout, returncode: 0 };
}

/** What a tool gave, as text. Pictures and sound are only named: no model is shown them through a tool. */
export function resultText({ content, structuredContent }: CallToolResult): string {
  if (content.length === 0 && structuredContent) return JSON.stringify(structuredContent);
  return content.map(partText).join('\n');
}

function partText(part: CallToolResult['content'][number]): string {
  switch (part.type) {
    case 'text':
      return part.text;
    case 'image':
    case 'audio':
      return `[${part.type}, ${part.mimeType}, ${sizeOf(part.data)} bytes: not shown]`;
    case 'resource_link':
      return `[${part.name}: ${part.uri}]`;
    case 'resource': {
      const { resource } = part;
      return 'text' in resource ? `${resource.uri}\n${resource.text}` : `[${resource.uri}, ${sizeOf(resource.blob)} bytes: not shown]`;
    }
  }
}

function sizeOf(base64: string): number {
  return Math.floor((base64.length * 3) / 4);
}
