import { defineParameterType } from '@cucumber/cucumber'

defineParameterType({
  name: 'proof',
  regexp: /(?:a|the) (?:key|name|pass|certificate)[a-z ]*/,
  transformer: (words: string) => words,
  useForSnippets: false,
})

defineParameterType({
  name: 'entitlement',
  regexp: /open rooms|change messages|show her presence|use the agent/,
  transformer: (words: string) => words,
})
