import { FileDiff, FolderOpen, GitCommitVertical, Images, type LucideIcon, MessagesSquare, ScrollText, Workflow } from 'lucide-react';

type ThreadView = { path: string; title: string; Icon: LucideIcon };

/** The views of a thread in the order of its tabs. `path` is below `/threads/<id>`; each has its folder in `app/(rooms)/threads/[threadId]`. */
export const threadViews: readonly ThreadView[] = [
  { path: '', title: 'Conversation', Icon: MessagesSquare },
  { path: 'changes', title: 'Changes', Icon: FileDiff },
  { path: 'files', title: 'Files', Icon: FolderOpen },
  { path: 'media', title: 'Media', Icon: Images },
  { path: 'history', title: 'History', Icon: GitCommitVertical },
  { path: 'timeline', title: 'Timeline', Icon: ScrollText },
  { path: 'map', title: 'Map', Icon: Workflow },
];
