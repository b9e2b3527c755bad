import { defineParameterType } from '@cucumber/cucumber'

export type PersonName = 'Ada' | 'Ben' | 'Cleo' | 'Dan'

defineParameterType({
  name: 'person',
  regexp: /Ada|Ben|Cleo|Dan/,
  transformer: (name: string) => name as PersonName,
})

/** A quoted text that may hold `\"` and `\n`, or nothing at all. */
defineParameterType({
  name: 'reason',
  regexp: /[^"]+/,
  transformer: (words: string) => words,
  useForSnippets: false,
})
