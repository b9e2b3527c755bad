import type { HubFunctions } from '../context'
import { isMember } from '../members'

export const sync: HubFunctions = {
  /** No editor has ever opened a file here, so no file has a history; it is not checked that the file exists. */
  history: {
    run: async ({ db, accountId }, { project_id, path }) => {
      if (!(await isMember(db, accountId, project_id))) throw new Error('user must be collaborator on source project')
      if (!path) throw new Error('one of string_id or both project_id and path must be given')
      return { patches: [], info: {} }
    },
  },
}
