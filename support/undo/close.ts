import { errorText } from '../config/errors'

export type Close = () => Promise<void> | void

/** Closes all of them, newest first, even if some fail. @throws AggregateError of all failures, at the end */
export async function closeAll(opened: readonly Close[]): Promise<void> {
  const failures: unknown[] = []
  for (const close of [...opened].reverse()) {
    try {
      await close()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, failures.map(errorText).join('; '))
}
