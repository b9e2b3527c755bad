import { defineParameterType } from '@cucumber/cucumber'

defineParameterType({
  name: 'permitted',
  regexp: /see the channel|send messages|read the history|add reactions|open threads|attach files|manage messages/,
  transformer: (words: string) => words,
})
