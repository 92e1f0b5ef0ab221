/** A place that a rule or a budget can hold in; the workspace needs no id. */
export type RulePlace = { scope: 'workspace' | 'project' | 'thread'; scopeId?: string; name: string };
