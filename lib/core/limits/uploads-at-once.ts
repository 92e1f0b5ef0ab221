/** Files that may come along with the same words. */
export const mostUploadsAtOnce = 20;
