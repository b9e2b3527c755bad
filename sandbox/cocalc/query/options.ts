import { BareError, fatal } from '../errors'
import { isRecord, own } from '../values'

/** The `options` of a query. */
export interface Options {
  limit?: number
  /** Column, with a leading `-` for descending. */
  orderBy?: string
  set?: boolean
  delete?: boolean
  /** The account as which an admin acts. */
  accountId?: string
}

const READERS: Readonly<Record<string, (options: Options, value: unknown) => void>> = {
  limit: (options, value) => {
    options.limit = Number(value)
  },
  order_by: (options, value) => {
    options.orderBy = String(value)
  },
  set: (options, value) => {
    options.set = Boolean(value)
  },
  delete: (options, value) => {
    options.delete = Boolean(value)
  },
  account_id: (options, value) => {
    options.accountId = String(value)
  },
  heartbeat: () => undefined,
}

export function readOptions(given: unknown): Options {
  const options: Options = {}
  if (given === undefined || given === null) return options
  if (!Array.isArray(given)) throw fatal(`options (=${JSON.stringify(given)}) must be an array`)
  for (const [name, value] of given.flatMap((one) => (isRecord(one) ? Object.entries(one) : []))) {
    const read = own(READERS, name)
    if (!read) throw new BareError(`unknown option '${name}'`)
    read(options, value)
  }
  return options
}
