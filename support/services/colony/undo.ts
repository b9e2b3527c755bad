import { ApiError } from '../../core/errors'
import type { UndoTable } from '../../core/undo'
import type { ColonyClient } from './client'

/** Authors may edit and delete for 15 minutes after creation. */
export const WINDOW = 15 * 60_000

/** How each kind of thing made on The Colony comes to its end. */
export const undo = {
  post: {
    ends: 'removed',
    deadline: WINDOW,
    undo: (colony, { id }) => unlessGone(() => colony.deletePost(id)),
    hasEnded: (colony, { id }) => isGone(() => colony.post(id)),
    find: async (colony, { name }) =>
      (await colony.posts({ search: name, limit: 1 })).items.find(({ title }) => title === name)?.id,
  },
} satisfies UndoTable<ColonyClient>

/** Does it, and takes "not found" for done already. */
async function unlessGone(remove: () => Promise<void>): Promise<void> {
  try {
    await remove()
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error
  }
}

async function isGone(read: () => Promise<unknown>): Promise<boolean> {
  try {
    await read()
    return false
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return true
    throw error
  }
}
