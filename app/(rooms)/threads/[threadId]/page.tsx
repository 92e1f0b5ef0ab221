import { agentChoices } from '../../../_server/agent-choices.ts';
import { personContext } from '../../../_server/person-context.ts';
import { ConversationView } from '../../../_ui/conversation/conversation-view.tsx';

export default async function ConversationPage() {
  return <ConversationView agents={agentChoices(await personContext())} />;
}
