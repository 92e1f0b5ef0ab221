/** A whole environment for a child. Next's types demand NODE_ENV of every environment, which a child here must not have. */
export function childEnvironment(values: Record<string, string>): NodeJS.ProcessEnv {
  return values as NodeJS.ProcessEnv;
}
