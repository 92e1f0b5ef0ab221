/** Hidden refs: a clone of the project does not show them. */
export function checkpointRef(threadId: string, number: number): string {
  return `refs/choir/${threadId}/${number}`;
}

/** Holds the bytes that an approval shows until it is answered. */
export function proposalRef(threadId: string, approvalId: string): string {
  return `refs/choir/${threadId}/proposed/${approvalId}`;
}

export function threadBranch(threadId: string): string {
  return `refs/heads/choir/${threadId}`;
}
