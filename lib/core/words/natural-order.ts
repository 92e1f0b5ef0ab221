/** By the alphabet, and `part-2` before `part-10`. */
export const naturalOrder = new Intl.Collator(undefined, { numeric: true }).compare;
