import { UsageError } from '../../config/errors'
import { ApiError } from '../../http/errors'
import type { Account, ServiceAccess, ServiceRuntime } from '../service'
import { ColonyClient } from './client/client'
import { classifyFailure } from './failures'
import { probe } from './probe'
import { reminder } from './rotated'
import { writeShared, writeSharedDiscussion } from './tasks/comments'
import { writePoll } from './tasks/polls'
import { writePost } from './tasks/posts'
import { exchange, type Token } from './tokens'
import { undo } from './undo'

const SECOND_KEY = 'COLONY_TEST_API_KEY_2'
const TEST_ACCOUNT = 'COLONY_TEST_ACCOUNT'
const KEYS = { Ada: 'COLONY_TEST_API_KEY', Ben: SECOND_KEY }
const BUSY = 429
const NO_SUCH_ROUTE = [404, 405]

/** What a run needs of The Colony beyond its description. */
export const runtime: ServiceRuntime<ColonyClient> = {
  undo,
  clients: (access, by) => ColonyClient.of(access, by),
  shared: {
    token,
    post: async (access, who) => writePost(access, await ColonyClient.of(access, who), who, 'Prompt caching halves latency'),
    comment: async (access, who) => writeShared(access, await ColonyClient.of(access, who), who),
    poll: async (access, who) =>
      writePoll(access, await ColonyClient.of(access, who), who, 'Which benchmark next?', ['Latency', 'Cost']),
    thread: (access) => writeSharedDiscussion(access, access.setting(SECOND_KEY) === undefined ? ['Ada'] : ['Ada', 'Ben']),
  },
  check,
  account,
  probe,
  finish: async ({ isLive, setting }) => (isLive ? reminder(setting('COLONY_TEST_API_KEY')) : []),
}

/** One exchange per account serves the whole run. */
async function token(access: ServiceAccess, name: string): Promise<Token> {
  const { apiKey = '' } = await access.people.person(name)
  const made = await exchange(access.http({ baseURL: access.address, classifyFailure }), apiKey)
  access.learn(made.value)
  return made
}

/** Every key given must work, and the second must belong to another account; an hour's budget that is used up skips what needs a token. */
async function check(access: ServiceAccess): Promise<void> {
  const ada = await tokenFor(access, 'Ada', 'set a valid key')
  if (access.setting(SECOND_KEY) === undefined) return
  const ben = await tokenFor(access, 'Ben', 'set a valid key, or none')
  const [one, other] = [ada, ben].map((token) => token?.subject)
  if (one !== undefined && one === other)
    throw new UsageError(`${SECOND_KEY} is a key of Ada’s account: set the key of another, or none.`)
}

/** Ada's account; unknown only where the hour's token exchanges are used up, which an account that must be the right one does not allow. */
async function account(access: ServiceAccess): Promise<Account | undefined> {
  try {
    const { id, username } = await (await ColonyClient.of(access, 'Ada')).me()
    return { id, name: username }
  } catch (error) {
    if (!(error instanceof ApiError && error.status === BUSY)) throw error
    if (access.setting(TEST_ACCOUNT) === undefined) return undefined
    throw new UsageError(
      `The Colony does not say whose account ${KEYS.Ada} is of (its rate limit is used up): run again later, or unset ${TEST_ACCOUNT}.`,
    )
  }
}

async function tokenFor(access: ServiceAccess, who: keyof typeof KEYS, toDo: string): Promise<Token | undefined> {
  try {
    return await access.once<Token>('token', who)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (error.status === BUSY) return undefined
    throw keyRefused(error, KEYS[who], toDo)
  }
}

function keyRefused(error: ApiError, variable: string, toDo: string): Error {
  const { status, failure } = error
  if (NO_SUCH_ROUTE.includes(status))
    return new UsageError(
      `${failure.method} ${failure.path} returned ${status}: set COLONY_BASE_URL to the address of the API, with /api/v1.`,
    )
  return error.isRefusal ? new UsageError(`The Colony does not take ${variable} (${failure.code ?? status}): ${toDo}.`) : error
}
