import type { HubFunctions } from '../context'
import { isMember } from '../members'
import { userQuery } from '../query/user-query'
import { recordActivity } from './projects'

export const db: HubFunctions = {
  userQuery: { run: (call, { query, options }) => userQuery(call, query, options) },
  touch: {
    run: async (call, { project_id: projectId }) => {
      if (projectId === undefined) {
        await call.db.query('UPDATE accounts SET last_active = now() WHERE account_id = $1', [call.accountId])
        return null
      }
      if (!(await isMember(call.db, call.accountId, projectId))) throw new Error('user must be a collaborator')
      await recordActivity(call.db, String(projectId), call.accountId)
      return null
    },
  },
}
