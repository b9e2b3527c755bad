import { defineParameterType } from '@cucumber/cucumber'
import type { Api } from './client'
import type { CheckMeaning } from './settings'
import type { ConfigurationName } from './tasks/config'
import type { Exclusion, Inclusion } from './tasks/filters'

/** Errors in an owner's input; `LOGIN_CHANGES` in tasks/source.ts contains the change for each. */
defineParameterType({
  name: 'loginChange',
  regexp:
    /the password is wrong|the user is unknown|the user's login was revoked|the read-only user logs in|the database does not exist|the host does not exist|nothing listens at the port|the password is left out|the user name is left out|the host is left out|the authentication type is unsupported/,
  transformer: (words: string) => words,
})

/** Input that an app must refuse; `INPUT_FLAWS` in tasks/source.ts contains the field and value for each. */
defineParameterType({
  name: 'inputFlaw',
  regexp:
    /a quote in the filter|a comment in the filter|a second statement in the filter|a block comment in the filter|a filter that is a number|a filter that nests too deep|a table pattern that is a number|a quote in the table pattern|a connection that is plain text/,
  transformer: (words: string) => words,
})

export type Verdict = 'is ready' | 'is not ready' | 'reports a problem'

defineParameterType({
  name: 'verdict',
  regexp: /is ready|is not ready|reports a problem/,
  transformer: (words: string) => words as Verdict,
})
defineParameterType({ name: 'check', regexp: /names|tables|version/, transformer: (words: string) => words as CheckMeaning })

/** What the message of a failed check contains. */
export interface CheckOutcome {
  passes: boolean
  about?: string
}

defineParameterType({
  name: 'checkOutcome',
  regexp: /passes|fails for "([^"]*)"/,
  transformer: (about?: string): CheckOutcome => (about === undefined ? { passes: true } : { passes: false, about }),
})
defineParameterType({
  name: 'api',
  regexp: /auth|preflight|metadata|workflow|config/,
  transformer: (name: string) => name as Api,
})
defineParameterType({
  name: 'description',
  regexp: /manifest|input contract|list of forms|build identity/,
  transformer: (words: string) => words,
})

defineParameterType({
  name: 'runRequest',
  regexp: /a run|the same run again/,
  transformer: (words: string) => words as 'a run' | 'the same run again',
})

defineParameterType({
  name: 'configurationAct',
  regexp: /read|save/,
  transformer: (word: string) => word as 'read' | 'save',
})

/** `"nightly"`, or `"nightly" of type "credentials"`. */
defineParameterType({
  name: 'configuration',
  regexp: /"([^"]*)"(?: of type "([^"]*)")?/,
  transformer: (name: string, type?: string): ConfigurationName => ({ name, type: type ?? 'workflows' }),
})

const namesIn = (words: string): string[] => [...words.matchAll(/"([^"]*)"/g)].map(([, name]) => name ?? '')

/** `"the shop"`, or `"the shop" and "the archive"`: names from the set-up or the scenario. */
defineParameterType({ name: 'schemas', regexp: /"[^"]*"(?:(?:, | and )"[^"]*")*/, transformer: namesIn })

/** Schemas by their names, also by a regular expression; or one name that the source does not have. */
defineParameterType({
  name: 'inclusion',
  regexp: /("[^"]*"(?:(?:, | and )"[^"]*")*)( by a regular expression)?|the missing (database|schema) "([^"]*)"/,
  transformer: (schemas?: string, byExpression?: string, level?: string, missing = ''): Inclusion => {
    if (schemas === undefined) return { kind: level === 'database' ? 'missing database' : 'missing schema', names: [missing] }
    return { kind: byExpression ? 'expression' : 'names', names: namesIn(schemas) }
  },
})

/** Schemas by their names, or tables by a pattern. */
defineParameterType({
  name: 'exclusion',
  regexp: /("[^"]*"(?:(?:, | and )"[^"]*")*)|tables matching "([^"]*)"/,
  transformer: (schemas?: string, pattern = ''): Exclusion =>
    schemas === undefined ? { pattern } : { schemas: namesIn(schemas) },
})
