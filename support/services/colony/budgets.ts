import { ApiError } from '../../http/errors'
import type { ServiceAccess } from '../service'
import type { ColonyClient } from './client/client'
import type { Budget } from './contract'

interface Removal {
  /** How the service calls the budget: it does not say which names there are. */
  named: RegExp
  /** As many calls as a run may still owe when it makes one thing more. */
  owed: number
  call: { method: string; path: string }
}

/**
 * Taking back costs an hourly budget, too, and posts can be taken back for 15 minutes only. A run shares three posts, to be removed
 * at its end; a webhook may be changed before it is removed.
 */
const REMOVALS = {
  post: {
    named: /^(edit|update|delete)$|post.*(edit|update|delete)|(edit|update|delete).*post/,
    owed: 4,
    call: { method: 'DELETE', path: '/posts/…' },
  },
  webhook: { named: /webhook/, owed: 3, call: { method: 'DELETE', path: '/webhooks/…' } },
} satisfies Record<string, Removal>

/**
 * Live, before something is made: whether it could be removed again. Where the service does not tell its budgets nothing is known.
 * @throws ApiError as the removal itself would be answered
 */
export async function leaveRoomToRemove(access: ServiceAccess, colony: ColonyClient, what: keyof typeof REMOVALS): Promise<void> {
  if (!access.isLive) return
  const { named, owed, call } = REMOVALS[what]
  const budget = (await told(colony)).find(({ action }) => named.test(action))
  if (!budget || budget.remaining >= owed) return
  const body = JSON.stringify(budget)
  const retryAfter = budget.retry_after ?? budget.window_seconds
  throw new ApiError({ service: access.service, ...call, status: 429, retryAfter, body, curl: '' })
}

async function told(colony: ColonyClient): Promise<Budget[]> {
  try {
    return await colony.people.budgets()
  } catch (error) {
    if (error instanceof ApiError && error.isRefusal) return []
    throw error
  }
}
