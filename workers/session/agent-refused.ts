/** The program answers, but cannot be worked with: its own words say why. */
export class AgentRefused extends Error {}
