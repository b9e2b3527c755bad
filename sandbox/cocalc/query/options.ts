import { BareError, fatal } from '../errors'
import { isRecord, own } from '../values'

/** The `options` of a query. */
export interface Options {
  limit?: number
  /** Column, with a leading `-` for descending. */
  order_by?: string
  set?: boolean
  delete?: boolean
  /** The account as which an admin acts. */
  account_id?: string
  heartbeat?: unknown
}

const READERS: Readonly<Record<string, (value: unknown) => unknown>> = {
  limit: Number,
  order_by: String,
  set: Boolean,
  delete: Boolean,
  account_id: String,
  heartbeat: (value) => value,
}

export function readOptions(given: unknown): Options {
  const options: Options = {}
  if (given === undefined || given === null) return options
  if (!Array.isArray(given)) throw fatal(`options (=${JSON.stringify(given)}) must be an array`)
  for (const [name, value] of given.flatMap((one) => (isRecord(one) ? Object.entries(one) : []))) {
    const read = own(READERS, name)
    if (!read) throw new BareError(`unknown option '${name}'`)
    Object.assign(options, { [name]: read(value) })
  }
  return options
}
