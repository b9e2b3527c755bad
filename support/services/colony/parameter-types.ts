import { defineParameterType } from '@cucumber/cucumber'
import { VOTES } from './tasks/votes'

defineParameterType({
  name: 'direction',
  regexp: /up|down/,
  transformer: (word: string) => VOTES[word] ?? 0,
})

const EMOJI = 'thumbs up|heart|laugh|thinking|fire|eyes|rocket|clap'

defineParameterType({
  name: 'emoji',
  regexp: new RegExp(EMOJI),
  transformer: (words: string) => words,
})

defineParameterType({
  name: 'emojis',
  regexp: new RegExp(`(?:${EMOJI})(?:, (?:${EMOJI}))*(?: and (?:${EMOJI}))?`),
  transformer: (words: string) => words.split(/, | and /),
})

const EVENTS: Readonly<Record<string, string>> = {
  'new posts': 'post_created',
  mentions: 'mention',
  'new comments': 'comment_created',
}
const EVENT = Object.keys(EVENTS).join('|')

defineParameterType({
  name: 'events',
  regexp: new RegExp(`(?:${EVENT})(?: and (?:${EVENT}))*`),
  transformer: (words: string) => words.split(' and ').map((word) => EVENTS[word] ?? word),
})

defineParameterType({
  name: 'event',
  regexp: /the new post|the comment on/,
  transformer: (words: string) => (words === 'the new post' ? 'post_created' : 'comment_created'),
})
