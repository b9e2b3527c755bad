import { type Body, isObject, parsed } from './credentials'

/** In order of precedence. */
const KEYS = ['agent_json', 'agentJson', 'agent-json']
const PLACES = ['metadata', 'connection_config', 'credentials']
/** Fields of an agent's description that are texts, wherever they are given. */
const TEXTS = [
  'agent-name',
  'secret-manager',
  'secret-path',
  'auth-type',
  'host',
  'connectBy',
  'agent-type',
  'key-type',
  'aws-region',
  'aws-auth-method',
  'azure-auth-method',
]

interface Found {
  key: string
  value: unknown
}

/** The body with an agent's description at one place only, wherever it was and however it was written; an unusable one is dropped. */
export function withAgent(body: Body): Body {
  const found: Found[] = []
  const lean = withoutKeys(body, found)
  for (const place of PLACES) {
    const inner = lean[place]
    if (isObject(inner)) lean[place] = withoutKeys(inner, found)
    else if (place === 'credentials' && Array.isArray(inner)) lean[place] = withoutPairs(inner, found)
  }
  const agent = bestOf(found)
  return agent ? { ...lean, agent_json: agent } : lean
}

/** Forms send the current state as an object and also older copies as text: an object takes precedence, then the name with hyphens. */
function bestOf(found: readonly Found[]): Body | undefined {
  const weight = ({ key, value }: Found): number => (isObject(value) ? 2 : 0) + (key === 'agent-json' ? 1 : 0)
  const ordered = [...found].sort((one, other) => weight(other) - weight(one))
  return ordered.map(({ value }) => agentOf(value)).find((agent) => agent !== undefined)
}

/** An agent's description, as an object or its JSON; undefined for placeholders and other values that are not a description. */
export function agentOf(value: unknown): Body | undefined {
  const agent = typeof value === 'string' ? parsed(value) : value
  if (!isObject(agent) || Object.keys(agent).length === 0) return undefined
  const { port = 0 } = agent
  const isPort =
    typeof port === 'boolean' || (['number', 'string'].includes(typeof port) && /^\s*[+-]?\d+\s*$/.test(String(port)))
  const isUsable = isPort && TEXTS.every((key) => !(key in agent) || typeof agent[key] === 'string')
  return isUsable ? agent : undefined
}

function withoutKeys(holder: Body, found: Found[]): Body {
  for (const key of KEYS) if (key in holder) found.push({ key, value: holder[key] })
  return Object.fromEntries(Object.entries(holder).filter(([key]) => !KEYS.includes(key)))
}

function withoutPairs(pairs: readonly unknown[], found: Found[]): unknown[] {
  return pairs.filter((pair) => {
    if (!isObject(pair) || !KEYS.includes(String(pair.key))) return true
    found.push({ key: String(pair.key), value: pair.value })
    return false
  })
}
