import { ApiError } from '../../http/errors'
import type { UndoTable } from '../../undo/undo'
import type { __Name__Client } from './client'

/** How each kind of thing made on __title__ comes to its end. */
export const undo = {
  thing: {
    ends: 'removed',
    proof: 'its title is the one it was given, which holds the run id',
    recognise: async (client, { id, name }) => {
      const there = (await client.things()).find((thing) => thing.id === id)
      if (!there) return 'gone'
      return there.title === name ? 'ours' : { doubt: `its title is "${there.title}"` }
    },
    undo: (client, { id }) => unlessGone(() => client.remove(id)),
    hasEnded: async (client, { id }) => !(await client.things()).some((thing) => thing.id === id),
    find: async (client, { name }) => (await client.things()).find(({ title }) => title === name)?.id,
  },
} satisfies UndoTable<__Name__Client>

async function unlessGone(remove: () => Promise<void>): Promise<void> {
  try {
    await remove()
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error
  }
}
