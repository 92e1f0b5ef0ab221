import type { ModelMessage } from 'ai';
import { model as description } from '#lib/agents/catalog/model.ts';
import { isActive } from '#lib/core/state.ts';
import type { HistoryEvent } from '#lib/threads/read-history.ts';
import { planNeedsApproval } from '../../run/plan-approval.ts';
import type { AgentMove, AgentView, MoveAgent } from '../agent.ts';
import { askToTryOn } from './ask-to-try-on.ts';
import { callModel, type Patience, type Thinker, patience as usualPatience } from './call-model.ts';
import { chooseModel } from './choose-model.ts';
import { collectContext } from './context/collect-context.ts';
import { compact, isFull } from './context/compact.ts';
import { type Answer, answersOf, conversationOf, isLastWord, messagesOf, textOf } from './context/conversation.ts';
import { instructions } from './context/instructions.ts';
import { newsFor, openStepsNudge } from './context/news.ts';
import { endRun } from './end-run.ts';
import { makePlan } from './make-plan.ts';
import { ModelError } from './model-error.ts';
import { type OpenAiProtocol, openModel } from './open-model.ts';
import { replyToSkillCalls, skillTools } from './read-skill.ts';
import { servedModel } from './served-model.ts';
import { serverTools } from './server-tools.ts';
import { takeAnswer } from './take-answer.ts';
import { modelTools } from './tools.ts';
import { troubleOf } from './trouble.ts';
import { stepInTurn } from './update-plan.ts';

/** `model`: 'provider/model' for runs in which nobody chose one. */
export type ModelAgentOptions = { model?: string; openAi?: OpenAiProtocol; patience?: Patience };

type Turn = { view: AgentView; history: HistoryEvent[]; thinker: Thinker };

/** An agent that thinks with a language model. Each move is decided from the ledger alone, and at most one answer of the model stands in it. */
export function createModelAgent({ model: usual, openAi = 'responses', patience = usualPatience }: ModelAgentOptions = {}): MoveAgent {
  return {
    description,
    async next(view, signal) {
      const wanted = view.run.model ?? usual;
      const own = openAi === 'chat' && !wanted && view.models.providers[0] === 'openai';
      const chosen = chooseModel(wanted, view.models.providers, own ? { openai: await servedModel(view.models, signal) } : {});
      if (!chosen.ok) return { type: 'fail', error: chosen.reason };
      const { choice } = chosen;
      // Shown where the model's words are typed, until it has answered.
      const onRetry = (why: string) => view.type(`\n\n(${why})\n\n`);
      const thinker = { model: openModel(choice, view.models, openAi), choice, patience, onRetry };
      try {
        return await nextMove({ view, history: await view.history(), thinker }, signal);
      } catch (error) {
        if (!(error instanceof ModelError)) throw error;
        return afterError(error, view);
      }
    },
  };
}

async function nextMove(turn: Turn, signal: AbortSignal): Promise<AgentMove> {
  const { view, history } = turn;
  const { run } = view;
  const own = history.filter((event) => event.runId === run.runId);
  const answers = answersOf(own);
  const last = answers.at(-1);

  if (!own.some(({ type }) => type === 'context.collected')) return collect(view, history);
  if (saidNo(view) && !(last && isLastWord(last))) return { type: 'fail', error: 'Stopped: another try was rejected.' };
  const wantsOtherPlan =
    run.steps.length > 0 && view.guidance.length > 0 && (!last || (isActive(run) && planNeedsApproval(run)) || isAboutPlan(view));
  if ((!last && run.steps.length === 0) || wantsOtherPlan) {
    const plan = await makePlan(turn, signal);
    if (plan) return plan;
  }

  const news = await newsFor(view, history);
  if (last && isLastWord(last) && news.length > 0 && !wasShown(last, own)) return { type: 'say', text: textOf(messagesOf(last)) };
  if (last && isLastWord(last) && news.length === 0) {
    const nudge = openStepsNudge(view, history);
    if (!nudge) return endRun(run, last);
    news.push(nudge);
  }
  const trouble = troubleOf(run, answers, stepInTurn(run.steps));
  if (trouble.ask && news.length === 0) return askToTryOn(trouble.ask.question, trouble.ask.stepId);
  if (trouble.nudge) news.push(trouble.nudge);
  return answer(turn, news, signal);
}

/** One step of the model, or a summary first where the conversation has become too long for it. */
async function answer(turn: Turn, news: readonly string[], signal: AbortSignal): Promise<AgentMove> {
  const { view, history, thinker } = turn;
  const { run } = view;
  const said: ModelMessage[] = news.length > 0 ? [{ role: 'user', content: news.join('\n\n') }] : [];
  const messages = [...conversationOf(history, run), ...said];
  const shorter = isFull(messages, thinker.choice) ? await compact({ ...turn, run }, signal) : null;
  if (shorter) return shorter;
  const takes = view.guidance.map(({ guidanceId }) => guidanceId);
  try {
    const [servers, skills] = await Promise.all([view.mcpServers().then(serverTools), view.skills.list()]);
    const own = skills.some(({ from }) => from === 'home') ? skillTools : {};
    const tools = { ...servers.tools, ...modelTools, ...own };
    const step = await callModel({ ...thinker, instructions, messages, tools, onText: view.type }, signal);
    const replies = await replyToSkillCalls(step.calls, view.skills);
    return { ...takeAnswer(run, { said, servers, replies }, step), takes };
  } catch (error) {
    const tooLong = error instanceof ModelError && error.kind === 'too-long';
    const summary = tooLong ? await compact({ ...turn, run, hard: true }, signal) : null;
    if (!summary) throw error;
    return summary;
  }
}

async function collect(view: AgentView, history: readonly HistoryEvent[]): Promise<AgentMove> {
  const parts = (await collectContext(view, history)).map(({ name, text }) => ({ name, bytes: Buffer.byteLength(text) }));
  return { type: 'collect', parts };
}

/** What passes by itself is asked for again when the person says so; what needs the person ends the run with a sentence. */
function afterError({ kind, message }: ModelError, { run }: AgentView): AgentMove {
  if (kind === 'permanent' || kind === 'too-long') return { type: 'fail', error: message };
  return askToTryOn(`${message} Try again? If it stays like this, give the goal to another model.`, stepInTurn(run.steps)?.step_id);
}

/** Words that came with the Modify of a plan change the plan itself. */
function isAboutPlan({ run, guidance }: AgentView): boolean {
  const plans = new Set(run.approvals.flatMap(({ kind, approvalId }) => (kind === 'plan' ? [approvalId] : [])));
  return guidance.some(({ approvalId }) => approvalId !== undefined && plans.has(approvalId));
}

/** Last words are kept for the end of the run, and shown as a message when it goes on after all. */
function wasShown(answer: Answer, own: readonly HistoryEvent[]): boolean {
  return textOf(messagesOf(answer)) === '' || own.some(({ type, seq }) => type === 'message.posted' && seq > answer.seq);
}

function saidNo({ run }: AgentView): boolean {
  return run.approvals.some(({ kind, answer: given }) => kind === 'recovery' && given?.decision === 'reject');
}
