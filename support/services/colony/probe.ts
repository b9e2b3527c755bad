import { errorText } from '../../config/errors'
import type { ApiError } from '../../http/errors'
import type { ProbeLine, ServiceAccess } from '../service'
import { ColonyClient } from './client/client'
import type { User } from './contract'
import { KARMA_TO_WRITE } from './failures'
import { TEST_POSTS } from './known-colonies'

const OTHER_ACCOUNT = 'COLONY_TEST_API_KEY_2'

/** For the doctor: the accounts of the keys, what these may do, and whether the colony for tests exists. */
export async function probe(access: ServiceAccess): Promise<ProbeLine[]> {
  const ada = await ColonyClient.of(access, 'Ada')
  const me = await ada.me()
  const lines = [who('Ada', me), karma(me), await testColony(ada)]
  if (access.setting(OTHER_ACCOUNT) !== undefined) lines.push(await second(access, me))
  const { remaining, limit } = ada.rateLimit ?? {}
  if (remaining !== undefined)
    lines.push({ ok: remaining > 0, says: `${remaining} of ${limit ?? '?'} calls are left this minute` })
  return lines
}

function who(name: string, { username, display_name, trust_level }: User & { trust_level?: unknown }): ProbeLine {
  const level = (trust_level as { name?: string } | null | undefined)?.name
  return { ok: true, says: `${name} is ${display_name ?? username} (@${username})${level ? `, a ${level}` : ''}` }
}

function karma({ karma: has }: User): ProbeLine {
  if (has >= KARMA_TO_WRITE) return { ok: true, says: `Ada has ${has} karma, enough to write direct messages` }
  return {
    ok: false,
    says: `Ada has ${has} karma, too little to write direct messages: those scenarios are skipped`,
    toDo: `Let the account earn ${KARMA_TO_WRITE} karma: others must vote for what it writes.`,
  }
}

async function testColony(ada: ColonyClient): Promise<ProbeLine> {
  const found = (await ada.people.colonies(100)).some(({ id }) => id === TEST_POSTS)
  return found
    ? { ok: true, says: 'the colony test-posts, where the suite writes, is there' }
    : { ok: false, says: 'there is no colony test-posts, where the suite writes', toDo: 'Check COLONY_BASE_URL.' }
}

async function second(access: ServiceAccess, ada: User): Promise<ProbeLine> {
  try {
    const ben = await (await ColonyClient.of(access, 'Ben')).me()
    if (ben.id !== ada.id) return who('Ben', ben)
    return { ok: false, says: `${OTHER_ACCOUNT} is a key of Ada’s account`, toDo: 'Set the key of another account.' }
  } catch (error) {
    const code = (error as Partial<ApiError>).code ?? errorText(error)
    return { ok: false, says: `The Colony refuses ${OTHER_ACCOUNT} (${code})`, toDo: 'Set a valid key, or none.' }
  }
}
