/** The program answers, but cannot be worked with: its own words say why. */
export class AgentRefused extends Error {}

/** What a rule forbids has been done: it must be taken back, and the agent with it. */
export class MustBeUndone extends Error {}

/** A program of its own ended, whatever the reason. */
export class ProgramEnded extends Error {}

/** The program fell, and its terminal stands: it is started again there. */
export class ProgramCrashed extends ProgramEnded {}

/** Another worker has taken the program over. */
export class SessionTaken extends Error {}
