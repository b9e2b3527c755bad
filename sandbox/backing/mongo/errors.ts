/** The error with which a command is refused. */
export class MongoError extends Error {
  constructor(
    readonly code: number,
    readonly codeName: string,
    message: string,
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

export function writeErrorOf(index: number, error: unknown): WriteError {
  if (error instanceof MongoError) return { index, code: error.code, errmsg: error.message }
  return { index, code: 9, errmsg: error instanceof Error ? error.message : String(error) }
}
