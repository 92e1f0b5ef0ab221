/** What `GET /api/search` answers. */
export type TextMatch = { text: string; marks: [number, number][] };
export type FoundThread = { threadId: string; title: string; projectName: string; at: string; match: TextMatch };
export type FoundEvent = FoundThread & { seq: number; type: string };
export type FoundFile = {
  projectId: string;
  projectName: string;
  threadId: string | null;
  path: string;
  line: number | null;
  match: TextMatch;
};
export type Found = { threads: FoundThread[]; events: FoundEvent[]; files: FoundFile[]; partial: boolean };
