import { z } from 'zod'
import { int, reject } from '../kit/fastapi'
import type { ColonyStore } from './store'

const HEX = '[0-9a-f]'
const UUID = new RegExp(`^(${HEX}{8})-?(${HEX}{4})-?(${HEX}{4})-?(${HEX}{4})-?(${HEX}{12})$`)

/** The id in a text, in the form that responses use: a UUID of any version, in any case, with or without hyphens. */
export function asId(text: string): string | undefined {
  const bare = text
    .toLowerCase()
    .replace(/^urn:uuid:/, '')
    .replace(/^\{(.*)\}$/, '$1')
  return UUID.exec(bare)?.slice(1).join('-')
}

export const id = z.string().transform((text, context) => {
  const found = asId(text)
  if (found !== undefined) return found
  return reject(context, { type: 'uuid_parsing', msg: 'Input should be a valid UUID, unable to parse it' })
})

/** Path parameters of a route with an id. */
export const path = z.object({ id })

/** Path parameters of a route with a name or id of an account. */
export const name = z.object({ username: z.string() })

/** The two addresses of an account. Its path parameters become a function that finds it, once the request has been validated. */
export const accounts = (store: ColonyStore) =>
  [
    [
      '/users/:id',
      path.transform(
        ({ id }) =>
          () =>
            store.account(id),
      ),
    ],
    [
      '/users/by-username/:username',
      name.transform(
        ({ username }) =>
          () =>
            store.accountNamed(username),
      ),
    ],
  ] as const

const START = int(0, 100_000)

/** The part of a list that a query asks for. */
export const range = (limit = 50, most = 100) => ({ limit: int(1, most).default(limit), offset: START.default(0) })

/** Epoch milliseconds, with the microseconds as their fraction; NaN where the text is not an instant. */
export function instantOf(text: string): number {
  const withZone = /[zZ]$|[+-]\d\d:?\d\d$/.test(text) || !text.includes(':') ? text : `${text}Z`
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(withZone.replace(' ', 'T')) : Number.NaN
  const micros = Number(/\.\d{3}(\d{1,3})/.exec(text)?.[1]?.padEnd(3, '0') ?? 0)
  return (at * 1_000 + micros) / 1_000
}

/** An instant as ISO 8601, in UTC where no offset is given, or a date alone. In epoch milliseconds. */
export const instant = z.string().transform((text, context) => {
  const at = instantOf(text)
  if (!Number.isNaN(at)) return at
  return reject(context, { type: 'datetime_from_date_parsing', msg: 'Input should be a valid datetime or date' })
})
