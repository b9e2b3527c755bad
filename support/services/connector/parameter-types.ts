import { defineParameterType } from '@cucumber/cucumber'
import { APIS, type Api } from './client'
import { FLAWS } from './flaws'

const plain = (words: string): string => words

defineParameterType({ name: 'flaw', regexp: new RegExp(Object.keys(FLAWS).join('|')), transformer: plain })
defineParameterType({ name: 'verdict', regexp: /ready|not ready|partly ready/, transformer: plain })
defineParameterType({ name: 'check', regexp: /names|tables|version/, transformer: plain })
defineParameterType({ name: 'api', regexp: new RegExp(Object.keys(APIS).join('|')), transformer: (name: string) => name as Api })

/** `"the shop"`, or `"the shop" and "the archive"`: what the set-up or the scenario calls them. */
defineParameterType({
  name: 'schemas',
  regexp: /"[^"]*"(?:(?:, | and )"[^"]*")*/,
  transformer: (words: string) => [...words.matchAll(/"([^"]*)"/g)].map(([, name]) => name ?? ''),
})
