/** Characters of the words that go with an answer. */
export const noteLimit = 20_000;
