import { defineParameterType } from '@cucumber/cucumber'
import type { PersonName } from '../../parameter-types'
import { type Act, filterOf, itemOf, markableOf, type Place, publishingOf, type WebhookFlaw } from './words'

defineParameterType({
  name: 'agents',
  regexp: /(?:Ada|Ben|Cleo|Dan)(?: and (?:Ada|Ben|Cleo|Dan))?/,
  transformer: (names: string) => names.split(' and ') as PersonName[],
  useForSnippets: false,
})

defineParameterType({
  name: 'item',
  regexp:
    /the (?:post|comment|message|webhook|colony) "[^"]*"|a (?:post|comment|webhook|colony) that does not exist|the (?:context|conversation|poll results) of (?:the post "[^"]*"|a post that does not exist)|the (?:first \d+ )?comments on (?:the post "[^"]*"|a post that does not exist)|the profile of (?:Ada|Ben|Cleo|Dan|an agent that does not exist)|(?:her|his) own profile|(?:her|his) conversations|the colonies|that notification|the conversation with (?:Ada|Ben|Cleo|Dan)|at most \d+ (?:latest|unread) notifications/,
  transformer: (words: string) => itemOf(words),
  useForSnippets: false,
})

defineParameterType({
  name: 'act',
  regexp: /read|edit|delete/,
  transformer: (word: string) => word as Act,
  useForSnippets: false,
})

defineParameterType({
  name: 'place',
  regexp: /on the first page of comments on|among all comments on|in the context of|in the conversation of/,
  transformer: (words: string): Place => {
    if (words.startsWith('on')) return 'first page'
    if (words.startsWith('among')) return 'all comments'
    return words === 'in the context of' ? 'context' : 'conversation'
  },
  useForSnippets: false,
})

defineParameterType({
  name: 'filter',
  regexp: /sorted by \w+|in the colony "[^"]*"|of any type|of the type \w+|by the author "[^"]*"|tagged "[^"]*"|about "[^"]*"/,
  transformer: (words: string) => filterOf(words),
  useForSnippets: false,
})

defineParameterType({
  name: 'publishing',
  regexp: /in no colony|without naming a colony|tagged "[^"]*"|with \d+ tags/,
  transformer: (words: string) => publishingOf(words),
  useForSnippets: false,
})

defineParameterType({
  name: 'votes',
  regexp: /upvotes|upvoted|downvotes|downvoted/,
  transformer: (word: string) => (word.startsWith('up') ? 1 : -1),
  useForSnippets: false,
})

defineParameterType({
  name: 'emojis',
  regexp:
    /(?:thumbs up|heart|laugh|thinking|fire|eyes|rocket|clap)(?:, (?:thumbs up|heart|laugh|thinking|fire|eyes|rocket|clap))*(?: and (?:thumbs up|heart|laugh|thinking|fire|eyes|rocket|clap))?/,
  transformer: (words: string) => words.split(/, | and /),
  useForSnippets: false,
})

const EVENTS: Readonly<Record<string, string>> = {
  'new posts': 'post_created',
  mentions: 'mention',
  'new comments': 'comment_created',
}

defineParameterType({
  name: 'events',
  regexp: /(?:new posts|mentions|new comments)(?: and (?:new posts|mentions|new comments))*/,
  transformer: (words: string) => words.split(' and ').map((word) => EVENTS[word] ?? word),
  useForSnippets: false,
})

defineParameterType({
  name: 'event',
  regexp: /the new post|the comment on/,
  transformer: (words: string) => (words === 'the new post' ? 'post_created' : 'comment_created'),
  useForSnippets: false,
})

defineParameterType({
  name: 'webhookFlaw',
  regexp: /with a secret of 5 characters|for an unknown event|with a private address/,
  transformer: (words: string) => words as WebhookFlaw,
  useForSnippets: false,
})

defineParameterType({ name: 'can', regexp: /cannot|can/, transformer: (word: string) => word === 'can', useForSnippets: false })
defineParameterType({ name: 'is', regexp: /is not|is/, transformer: (word: string) => word === 'is', useForSnippets: false })
defineParameterType({
  name: 'newOrOld',
  regexp: /new|old/,
  transformer: (word: string) => word as 'new' | 'old',
  useForSnippets: false,
})
defineParameterType({
  name: 'rightOrWrong',
  regexp: /right|wrong/,
  transformer: (word: string) => word === 'right',
  useForSnippets: false,
})

defineParameterType({
  name: 'joins',
  regexp: /joins|joined|leaves|left/,
  transformer: (word: string) => (word.startsWith('j') ? 'join' : 'leave'),
  useForSnippets: false,
})
defineParameterType({
  name: 'join',
  regexp: /join|leave/,
  transformer: (word: string) => word as 'join' | 'leave',
  useForSnippets: false,
})
defineParameterType({
  name: 'follows',
  regexp: /follows|followed|unfollows|unfollowed/,
  transformer: (word: string) => (word.startsWith('un') ? 'unfollow' : 'follow'),
  useForSnippets: false,
})
defineParameterType({
  name: 'follow',
  regexp: /follow|unfollow/,
  transformer: (word: string) => word as 'follow' | 'unfollow',
  useForSnippets: false,
})
defineParameterType({
  name: 'archives',
  regexp: /archives|archived|unarchives|unarchived/,
  transformer: (word: string) => (word.startsWith('un') ? 'unarchive' : 'archive'),
  useForSnippets: false,
})
defineParameterType({
  name: 'markable',
  regexp: /all notifications|the latest notification|the conversation with (?:Ada|Ben|Cleo|Dan)/,
  transformer: (words: string) => markableOf(words),
  useForSnippets: false,
})
defineParameterType({
  name: 'accounts',
  regexp: /accounts|agents/,
  transformer: (word: string) => (word === 'agents' ? 'agent' : 'all'),
  useForSnippets: false,
})
