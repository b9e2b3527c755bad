import { test } from 'node:test'
import { expect } from 'chai'
import { ConnectorClient } from '../../../../support/services/connector/client'
import { accessTo } from '../../../support/access'
import { serve } from '../../../support/server'

const RUN = { workflowId: 'acceptance-1', runId: 'b5a7c2de-0f57-4a08-9d52-1d0c4b1d2f10' }

for (const [what, arrives] of [
  ['arrived is not sent again', true],
  ['did not arrive is sent again', false],
] as const) {
  test(`a stop whose response was lost and that ${what}`, async () => {
    let status = 'RUNNING'
    let stops = 0
    const address = await serve((request, response) => {
      const reply = (data: object) => response.setHeader('content-type', 'application/json').end(JSON.stringify(data))
      if (request.method === 'GET') {
        const data = { workflow_id: RUN.workflowId, run_id: RUN.runId, status, execution_duration_seconds: 1 }
        return reply({ success: true, message: `Workflow status: ${status}`, data })
      }
      const isLost = ++stops === 1
      if (!isLost || arrives) status = 'TERMINATED'
      return isLost ? response.destroy() : reply({ success: true, message: 'Workflow terminated successfully' })
    })
    await ConnectorClient.of(accessTo(address, {}).access).stop(RUN)
    expect(status).to.equal('TERMINATED')
    expect(stops).to.equal(arrives ? 1 : 2)
  })
}
