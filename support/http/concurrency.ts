/**
 * Waits for all of them, even if one fails, so that nothing is still in progress when the failure is thrown.
 * @throws the first failure
 */
export async function allAtOnce<T>(calls: readonly Promise<T>[]): Promise<T[]> {
  const outcomes = await Promise.allSettled(calls)
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason
    return outcome.value
  })
}
