import { z } from 'zod'

/**
 * One environment variable: its place in the configuration, in the README's table and in `.env.example`.
 * Roles: a *credential* decides with its fellows whether the service runs live; an *option* goes with live credentials;
 * an *address* points elsewhere; a *setting* tunes the suite itself.
 */
export interface Variable {
  name: string
  role: 'credential' | 'option' | 'address' | 'setting'
  means: string
  /** Removed from every output. */
  secret?: true
  /** Checked when set; what is wrong is reported by name, never by value. */
  schema?: z.ZodType
  example?: string
}

export const url = z.url({ protocol: /^https?$/, error: 'must be a URL beginning with http:// or https://' })
export const flag = z.enum(['0', '1', 'true', 'false', ''], { error: 'must be 1 or 0' })
export const seconds = z.coerce.number({ error: 'must be a number of seconds' }).positive('must be more than 0')
export const milliseconds = z.coerce.number({ error: 'must be a number of milliseconds' }).positive('must be more than 0')
export const uuid = z.uuid('must be a UUID')

export type Environment = Readonly<Record<string, string | undefined>>

/** A variable counts as set only when it holds something but blanks. */
export function read(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim()
  return value ? value : undefined
}

/** All that is wrong with the given variables, one sentence each, naming the variable and never its value. */
export function validationErrors(variables: readonly Variable[], environment: Environment): string[] {
  return variables.flatMap(({ name, schema }) => {
    const value = read(environment, name)
    const result = value === undefined || !schema ? undefined : schema.safeParse(value)
    return result && !result.success ? [`${name} ${result.error.issues.map((issue) => issue.message).join(', ')}`] : []
  })
}

/** `1` and `true` switch on; anything else, or nothing, leaves off. */
export function isOn(environment: Environment, name: string): boolean {
  return ['1', 'true'].includes(read(environment, name)?.toLowerCase() ?? '')
}

/** Variables that begin so and are set; the prefix alone is no variable. */
export function withPrefix(environment: Environment, prefix: string): Record<string, string> {
  const found = Object.entries(environment).filter(([name]) => name.startsWith(prefix) && name !== prefix)
  return Object.fromEntries(found.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}
