import * as activity from './activity.ts';
import * as agents from './agents.ts';
import * as approvals from './approvals.ts';
import * as auth from './auth.ts';
import * as costs from './costs.ts';
import * as embeds from './embeds.ts';
import * as mcp from './mcp.ts';
import * as members from './members.ts';
import * as notifications from './notifications.ts';
import type { Operation } from './operation.ts';
import * as pages from './pages.ts';
import * as projects from './projects.ts';
import * as rules from './rules.ts';
import * as search from './search.ts';
import * as speech from './speech.ts';
import * as system from './system.ts';
import * as telegram from './telegram.ts';
import * as files from './thread-files.ts';
import * as history from './thread-history.ts';
import * as threads from './threads.ts';
import * as uploads from './uploads.ts';

/** Every operation of the API; a test holds this list against the routes there are. */
export const operations: readonly Operation[] = [
  system.getHealth,
  system.getOpenApi,
  system.getLive,
  auth.redeemSignIn,
  auth.createSignInLinkOperation,
  auth.signOut,
  auth.listCredentialsOperation,
  auth.revokeCredentialOperation,
  auth.createTokenOperation,
  members.listMembersOperation,
  members.inviteMemberOperation,
  members.linkMemberOperation,
  members.removeMemberOperation,
  projects.listProjectsOperation,
  projects.createProjectOperation,
  projects.deleteProjectOperation,
  mcp.listMcpServersOperation,
  mcp.addMcpServerOperation,
  mcp.removeMcpServerOperation,
  mcp.startMcpSignInOperation,
  mcp.endMcpSignInOperation,
  mcp.finishMcpSignInOperation,
  mcp.listSkillsOperation,
  agents.listAgentsOperation,
  search.searchOperation,
  activity.getActivityOperation,
  activity.readLogOperation,
  activity.exportOperation,
  costs.listBudgetsOperation,
  costs.setBudgetOperation,
  costs.removeBudgetOperation,
  costs.listCostsOperation,
  uploads.createUploadOperation,
  threads.createThreadOperation,
  threads.listThreadsOperation,
  threads.getThreadOperation,
  threads.postMessageOperation,
  threads.cancelRunOperation,
  threads.markThreadOperation,
  threads.deleteThreadOperation,
  history.readEventsOperation,
  history.listEventSeqsOperation,
  history.readGraphOperation,
  history.listCheckpointsOperation,
  history.nameCheckpointOperation,
  history.revertOperation,
  files.diffOperation,
  files.revertPartOperation,
  files.listFilesOperation,
  files.listTreeOperation,
  files.readSymbolsOperation,
  files.saveFileOperation,
  files.listPathsOperation,
  files.readLinesOperation,
  files.readRawOperation,
  pages.createPageLinkOperation,
  embeds.readCardOperation,
  approvals.listApprovalsOperation,
  approvals.answerApprovalOperation,
  speech.getTranscriptionOperation,
  speech.transcribeOperation,
  notifications.listNotificationsOperation,
  notifications.setNotificationSettingsOperation,
  notifications.requestTestOperation,
  notifications.markPresenceOperation,
  notifications.subscribeDeviceOperation,
  notifications.unsubscribeDeviceOperation,
  notifications.getThreadChoiceOperation,
  notifications.setThreadChoiceOperation,
  telegram.listTelegramAccountsOperation,
  telegram.createTelegramLinkOperation,
  telegram.unlinkTelegramOperation,
  rules.listRulesOperation,
  rules.addRulesOperation,
  rules.revokeRuleOperation,
];
