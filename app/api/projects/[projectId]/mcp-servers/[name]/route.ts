import { removeMcpServer } from '#lib/mcp/remove-mcp-server.ts';
import { removeMcpServerOperation } from '../../../../_contract/mcp.ts';
import { handle } from '../../../../_server/handle.ts';

export const DELETE = handle(removeMcpServerOperation, removeMcpServer);
