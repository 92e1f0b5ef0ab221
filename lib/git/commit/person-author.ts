/** Who stands in git for what a person did: who that was stands in the ledger. */
export const personAuthor = { name: 'Person', email: 'person@choir.invalid' };
