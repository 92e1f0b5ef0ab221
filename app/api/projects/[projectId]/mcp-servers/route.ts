import { addMcpServer } from '#lib/mcp/add-mcp-server.ts';
import { listMcpServers } from '#lib/mcp/list-mcp-servers.ts';
import { readyServers } from '#lib/mcp/ready-servers.ts';
import { addMcpServerOperation, listMcpServersOperation } from '../../../_contract/mcp.ts';
import { handle } from '../../../_server/handle.ts';

export const GET = handle(listMcpServersOperation, async (context, input) => ({
  servers: await listMcpServers(context, input),
  ready: [...readyServers],
}));
export const POST = handle(addMcpServerOperation, addMcpServer);
