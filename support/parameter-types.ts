import { defineParameterType } from '@cucumber/cucumber'

export type PersonName = 'Ada' | 'Ben' | 'Cleo' | 'Dan'

defineParameterType({
  name: 'person',
  regexp: /Ada|Ben|Cleo|Dan/,
  transformer: (name: string) => name as PersonName,
})

/** Words after "because", by which a service's table of refusals knows what is meant. */
defineParameterType({
  name: 'reason',
  regexp: /[^"]+/,
  transformer: (words: string) => words,
  useForSnippets: false,
})
