import { ApiError } from '../../http/errors'
import type { ServiceAccess } from '../service'
import type { ColonyClient } from './client/client'
import type { Budget } from './contract'

interface Removal {
  /** Names the service may give the budget: its reference does not list them. */
  names: RegExp
  /** As many calls as a run may still need when it creates one thing more. */
  needed: number
  call: { method: string; path: string }
}

/**
 * Deletion has an hourly budget, too, and posts can be deleted for 15 minutes only. A run shares three posts, which it deletes at its
 * end; a webhook may be changed before it is deleted.
 */
const REMOVALS = {
  post: {
    names: /^(edit|update|delete)$|post.*(edit|update|delete)|(edit|update|delete).*post/,
    needed: 4,
    call: { method: 'DELETE', path: '/posts/…' },
  },
  webhook: { names: /webhook/, needed: 3, call: { method: 'DELETE', path: '/webhooks/…' } },
} satisfies Record<string, Removal>

/**
 * Live, before something is created: checks that it can be removed again. Passes where the service does not report its budgets.
 * @throws ApiError, the refusal that the removal itself would get
 */
export async function leaveRoomToRemove(access: ServiceAccess, colony: ColonyClient, what: keyof typeof REMOVALS): Promise<void> {
  if (!access.isLive) return
  const { names, needed, call } = REMOVALS[what]
  const budget = (await reportedBudgets(colony)).find(({ action }) => names.test(action))
  if (!budget || budget.remaining >= needed) return
  const body = JSON.stringify(budget)
  const retryAfter = budget.retry_after ?? budget.window_seconds
  throw new ApiError({ service: access.service, ...call, status: 429, retryAfter, body, curl: '' })
}

async function reportedBudgets(colony: ColonyClient): Promise<Budget[]> {
  try {
    return await colony.people.budgets()
  } catch (error) {
    if (error instanceof ApiError && error.isRefusal) return []
    throw error
  }
}
