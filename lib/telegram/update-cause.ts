/** What the ledger names as the cause of what somebody did in Telegram (`Person.cause`): the update, and which account of the person sent it. */
export function updateCause(updateId: number, telegramId: number): string {
  return `tg_${updateId}_${telegramId}`;
}

/** The account behind such a cause; null for what was done elsewhere. */
export function causingAccount(cause: string | undefined): number | null {
  const telegramId = /^tg_\d+_(\d+)$/.exec(cause ?? '')?.[1];
  return telegramId ? Number(telegramId) : null;
}
