import { z } from 'zod'

/**
 * One environment variable: its place in the configuration, in the README's table and in `.env.example`.
 * Roles: a *credential* decides with its fellows whether the service runs live; an *option* goes with live credentials;
 * an *address* replaces the default one; a *setting* configures the suite itself.
 */
export interface Variable {
  name: string
  role: 'credential' | 'option' | 'address' | 'setting'
  means: string
  /** Removed from every output. */
  secret?: true
  /** Checked when set; errors contain the name, not the value. */
  schema?: z.ZodType
  example?: string
}

export const url = z.url({ protocol: /^https?$/, error: 'must be a URL beginning with http:// or https://' })
export const flag = z.enum(['0', '1', 'true', 'false', ''], { error: 'must be 1 or 0' })
export const seconds = z.coerce.number({ error: 'must be a number of seconds' }).positive('must be more than 0')
export const milliseconds = z.coerce.number({ error: 'must be a number of milliseconds' }).positive('must be more than 0')
export const uuid = z.uuid('must be a UUID')

export type Environment = Readonly<Record<string, string | undefined>>

/** A variable counts as set only if it contains more than blanks. */
export function read(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim()
  return value ? value : undefined
}

/** All errors of the given variables, one sentence each, with the variable's name and without its value. */
export function validationErrors(variables: readonly Variable[], environment: Environment): string[] {
  return variables.flatMap(({ name, schema }) => {
    const value = read(environment, name)
    const result = value === undefined || !schema ? undefined : schema.safeParse(value)
    return result && !result.success ? [`${name} ${result.error.issues.map((issue) => issue.message).join(', ')}`] : []
  })
}

/** `1` and `true` mean on; anything else, or unset, means off. */
export function isOn(environment: Environment, name: string): boolean {
  return ['1', 'true'].includes(read(environment, name)?.toLowerCase() ?? '')
}

/** Variables with the prefix that are set; the prefix itself is not a variable. */
export function withPrefix(environment: Environment, prefix: string): Record<string, string> {
  const found = Object.entries(environment).filter(([name]) => name.startsWith(prefix) && name !== prefix)
  return Object.fromEntries(found.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}
