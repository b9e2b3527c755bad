import { ApiError, UsageError } from '../../core/errors'
import type { ServiceAccess, ServiceRuntime } from '../../core/service'
import { ColonyClient } from './client'
import { judge } from './http'
import { probe } from './probe'
import { reminder } from './rotated'
import { writePost } from './tasks'
import { writeShared, writeThread } from './tasks-comments'
import { writePoll } from './tasks-polls'
import { exchange, type Token } from './tokens'
import { undo } from './undo'

/** What a run needs of The Colony beyond its description. */
export const runtime: ServiceRuntime<ColonyClient> = {
  undo,
  clients: (access, by) => ColonyClient.of(access, by),
  shared: {
    token,
    post: async (access, who) => writePost(access, await ColonyClient.of(access, who), who, 'A post to talk about'),
    comment: async (access, who) => writeShared(access, await ColonyClient.of(access, who), who),
    poll: async (access, who) =>
      writePoll(access, await ColonyClient.of(access, who), who, 'A poll to vote in', ['Left', 'Right']),
    thread: (access) => writeThread(access, access.setting('COLONY_TEST_API_KEY_2') === undefined ? ['Ada'] : ['Ada', 'Ben']),
  },
  check,
  probe,
  finish: async ({ isLive, setting }) => (isLive ? reminder(setting('COLONY_TEST_API_KEY')) : []),
}

/** One exchange per account serves the whole run. */
async function token(access: ServiceAccess, name: string): Promise<Token> {
  const { apiKey = '' } = await access.people.person(name)
  const made = await exchange(access.http({ baseURL: access.address, judge }), apiKey)
  access.learn(made.value)
  return made
}

async function check(access: ServiceAccess): Promise<void> {
  try {
    await access.once<Token>('token', 'Ada')
  } catch (error) {
    if (!(error instanceof ApiError && error.isRefusal)) throw error
    throw new UsageError(`The Colony does not take COLONY_TEST_API_KEY (${error.failure.code ?? error.status}): set a valid key.`)
  }
}
