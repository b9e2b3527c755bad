import type { Document } from 'bson'

/** The error with which a command is refused. */
export class MongoError extends Error {
  /** @param more fields of the error besides its code and message, such as the key that is there twice */
  constructor(
    readonly code: number,
    readonly codeName: string,
    message: string,
    readonly more: Document = {},
  ) {
    super(message)
  }
}

/** One of several writes that was refused; the others may have succeeded. */
export interface WriteError {
  index: number
  code: number
  errmsg: string
}

/** @throws whatever is no refusal of MongoDB's */
export function writeErrorOf(index: number, error: unknown): WriteError {
  if (!(error instanceof MongoError)) throw error
  return { index, code: error.code, ...error.more, errmsg: error.message }
}

export function notImplemented(what: string): MongoError {
  return new MongoError(238, 'NotImplemented', `${what} is not supported by this emulation of MongoDB`)
}
