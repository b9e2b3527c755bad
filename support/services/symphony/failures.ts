import type { Failure } from '../../http/errors'
import type { SkipReasonOf } from '../service'

type Reason = ReturnType<SkipReasonOf>

const ADMINISTRATOR = "the pod's administrator"

/** What a call needs, by its method and path, and who grants it if not an administrator; the first match counts. */
const ENTITLEMENTS: readonly [call: RegExp, needs: string, giver?: string][] = [
  [/^POST \/v3\/room\/create/, 'the entitlement to create private rooms'],
  [/^POST \/v2\/user\/presence/, 'the privilege to update its presence (ADMIN_PRESENCE_UPDATE)'],
  [/^POST .*\/message\/[^/]+\/update/, 'the entitlement to update messages'],
  [/^POST .*\/suppress/, 'the right to suppress its own messages'],
  [/^POST \/v1\/im\/create/, 'the entitlement to open conversations, and a connection to the test user'],
  [/\/v5\/datafeeds/, 'access to datafeeds, of which an account has 20'],
  [/\/message/, 'membership in the test room', 'an owner of the room'],
  [/\/room\/|\/user/, 'visibility in the directory'],
]

/** Live, a refusal for a missing entitlement skips the scenario and says which one to request from the administrator. */
export const skipReasonOf: SkipReasonOf = (failure) =>
  failure.status === 403 ? lacking(failure) : failure.status === 451 ? blocked() : undefined

function lacking({ method, path }: Failure): Reason {
  const call = `${method} ${path.split('?')[0]}`
  const [, needs, giver = ADMINISTRATOR] = ENTITLEMENTS.find(([pattern]) => pattern.test(call)) ?? []
  return needs ? { reason: `the bot lacks ${needs}`, toSet: `${needs}, granted by ${giver}` } : undefined
}

function blocked(): Reason {
  return { reason: 'a compliance policy of the pod blocks the message', toSet: 'an exception for the test room' }
}
