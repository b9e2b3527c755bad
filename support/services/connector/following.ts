import { expect } from '../../assertions/chai-checks'
import { eventually } from '../../assertions/eventually'
import { ApiError, CallError } from '../../http/errors'
import type { ConnectorClient, RunId } from './client'

const SECOND = 1_000

/**
 * Polls the status, starting at once, until the run has ended; a failed call is ignored.
 * @returns the last status
 * @throws where the run has not ended in time
 */
export async function followRun(api: Pick<ConnectorClient, 'status'>, run: RunId, seconds: number): Promise<string> {
  return eventually(
    async () => {
      const status = await statusOf(api, run)
      expect(status, `the run did not complete within ${seconds} s: its status`).to.match(/^(?!RUNNING$)[A-Z_]+$/)
      return status
    },
    { timeout: seconds * SECOND },
  )
}

async function statusOf(api: Pick<ConnectorClient, 'status'>, run: RunId): Promise<string> {
  try {
    const { status, ...named } = await api.status(run)
    expect([named.workflow_id, named.run_id], 'the run the status is of').to.deep.equal([run.workflowId, run.runId])
    return status
  } catch (error) {
    if (!(error instanceof ApiError || error instanceof CallError)) throw error
    return `unknown (${error.message})`
  }
}
