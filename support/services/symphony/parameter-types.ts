import { defineParameterType } from '@cucumber/cucumber'

defineParameterType({
  name: 'proof',
  regexp: /(?:an?|the) (?:unknown |untrusted )?(?:key|username|pass|certificate)[a-z ]*/,
  transformer: (words: string) => words,
  useForSnippets: false,
})

defineParameterType({
  name: 'entitlement',
  regexp: /open rooms|change messages|show her presence|use the agent/,
  transformer: (words: string) => words,
})
