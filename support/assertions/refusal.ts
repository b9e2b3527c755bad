import { expect } from 'chai'
import type { ApiError } from '../http/errors'
import type { Refused } from '../services/service'
import type { AcceptanceWorld } from '../world'

/**
 * The latest attempt was refused for this reason: its service's table contains the status, code and message for the words.
 * @throws where nothing was refused, the words are unknown, or the service has refused for another reason
 */
export function expectRefusal(world: AcceptanceWorld, words: string): void {
  const { refusals } = world.run.definition(world.access.service)
  const meaning = refusals[words]
  if (!meaning)
    throw new Error(`No refusal "${words}" in ${world.access.service}; there are: ${Object.keys(refusals).join('; ')}.`)
  const refusal = world.takeRefusal()
  if (!refusal) throw new Error(`It was not refused, though it should have been because ${words}.`)
  expectMeant(refusal, typeof meaning === 'function' ? meaning(world.feature) : meaning, words)
}

/** Every part of the meaning that is given must match. */
export function expectMeant(refusal: ApiError, { status, code, says }: Refused, words: string): void {
  if (status) expect(status, `the status of a refusal because ${words}: ${refusal.message}`).to.include(refusal.status)
  if (code) expect(code, `the code of a refusal because ${words}: ${refusal.message}`).to.include(refusal.code)
  if (says) expect(refusal.failure.says ?? refusal.failure.body, `what the refusal says: ${refusal.message}`).to.match(says)
}
