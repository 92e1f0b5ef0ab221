import { finishMcpSignIn } from '#lib/mcp/finish-mcp-sign-in.ts';
import { finishMcpSignInOperation } from '../_contract/mcp.ts';
import { handle, type RouteParams } from '../_server/handle.ts';
import type { Problem } from '../_server/to-response.ts';

const finish = handle(finishMcpSignInOperation, async (context, input) => {
  const { projectId, name, outcome } = await finishMcpSignIn(context, input);
  const query = new URLSearchParams({ server: name, 'sign-in': outcome });
  const location = `/projects/${encodeURIComponent(projectId)}?${query}`;
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
});

/** A person's browser comes here from a page outside: what is wrong is said in words. */
export async function GET(request: Request, route: RouteParams): Promise<Response> {
  const answer = await finish(request, route);
  if (answer.ok || answer.status === 303) return answer;
  const { detail } = (await answer.json()) as Pick<Problem, 'detail'>;
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
  return new Response(`${detail}\nIn Choir, under Projects, you can begin again.\n`, { status: answer.status, headers });
}
