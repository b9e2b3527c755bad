import type { Fields } from './codec'

export interface Binding {
  destination: string
  kind: 'queue' | 'exchange'
  key: string
  args: Fields
}

export interface Exchange {
  name: string
  type: string
  durable: boolean
  autoDelete: boolean
  internal: boolean
  args: Fields
  bindings: Binding[]
}

export const TYPES = ['direct', 'fanout', 'topic', 'headers']

export const BUILT_IN: readonly Exchange[] = [
  ['', 'direct'],
  ['amq.direct', 'direct'],
  ['amq.fanout', 'fanout'],
  ['amq.topic', 'topic'],
  ['amq.headers', 'headers'],
  ['amq.match', 'headers'],
].map(([name = '', type = '']) => ({
  name,
  type,
  durable: true,
  autoDelete: false,
  internal: false,
  args: {},
  bindings: [],
}))

/** Whether the binding routes a message with that key and those headers. */
export function matches(type: string, binding: Binding, key: string, headers: Fields): boolean {
  if (type === 'fanout') return true
  if (type === 'topic') return matchesTopic(binding.key.split('.'), key.split('.'))
  if (type === 'headers') return matchesHeaders(binding.args, headers)
  return binding.key === key
}

/** `*` matches one word, `#` any number of words. */
function matchesTopic(pattern: readonly string[], words: readonly string[]): boolean {
  const [head, ...rest] = pattern
  if (head === undefined) return words.length === 0
  if (head === '#') return matchesTopic(rest, words) || (words.length > 0 && matchesTopic(pattern, words.slice(1)))
  return words.length > 0 && (head === '*' || head === words[0]) && matchesTopic(rest, words.slice(1))
}

function matchesHeaders(args: Fields, headers: Fields): boolean {
  const wanted = Object.entries(args).filter(([name]) => !name.startsWith('x-'))
  const found = ([name, value]: [string, unknown]): boolean =>
    name in headers && (value === undefined || value === null || value === headers[name])
  return args['x-match'] === 'any' ? wanted.some(found) : wanted.every(found)
}
