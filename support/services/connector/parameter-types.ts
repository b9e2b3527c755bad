import { defineParameterType } from '@cucumber/cucumber'
import type { Api } from './client'
import type { CheckMeaning } from './settings'
import type { ConfigurationName } from './tasks/config'

/** Errors in an owner's input; `LOGIN_CHANGES` in tasks/source.ts contains the change for each. */
defineParameterType({
  name: 'loginChange',
  regexp:
    /the password is wrong|the user is unknown|the user's login was revoked|the read-only user logs in|the database does not exist|the host does not exist|nothing listens at the port|the password is left out|the user name is left out|the host is left out|the authentication type is unsupported/,
  transformer: (words: string) => words,
})
defineParameterType({ name: 'verdict', regexp: /ready|not ready/, transformer: (words: string) => words })
defineParameterType({ name: 'check', regexp: /names|tables|version/, transformer: (words: string) => words as CheckMeaning })
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
defineParameterType({ name: 'level', regexp: /database|schema/, transformer: (words: string) => words as 'database' | 'schema' })

/** `"nightly"`, or `"nightly" of type "credentials"`. */
defineParameterType({
  name: 'configuration',
  regexp: /"([^"]*)"(?: of type "([^"]*)")?/,
  transformer: (name: string, type?: string): ConfigurationName => ({ name, type: type ?? 'workflows' }),
})

/** `"the shop"`, or `"the shop" and "the archive"`: names from the set-up or the scenario. */
defineParameterType({
  name: 'schemas',
  regexp: /"[^"]*"(?:(?:, | and )"[^"]*")*/,
  transformer: (words: string) => [...words.matchAll(/"([^"]*)"/g)].map(([, name]) => name ?? ''),
})
