import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ApiError, ConnectionError } from '../../../../support/http/errors'
import { followRun } from '../../../../support/services/connector/following'

const RUN = { workflowId: 'w', runId: 'r' }
const failure = { service: 'connector', method: 'GET', path: '/status', status: 404, body: '', curl: '' }

/** Returns one status after the other, and then repeats the last one. */
function saying(...answers: (string | Error)[]) {
  let asked = 0
  return {
    asked: () => asked,
    status: async () => {
      const answer = answers[Math.min(asked++, answers.length - 1)] ?? ''
      if (answer instanceof Error) throw answer
      return { workflow_id: 'w', run_id: 'r', status: answer, execution_duration_seconds: 0 }
    },
  }
}

describe('following a run', () => {
  // CON-179
  test('starts at once; any status but RUNNING ends it', async () => {
    for (const status of ['COMPLETED', 'FAILED', 'TERMINATED', 'UNKNOWN', 'CONTINUED_AS_NEW']) {
      const api = saying(status)
      expect([await followRun(api, RUN, 1), api.asked()]).to.deep.equal([status, 1])
    }
    const patient = saying('RUNNING', 'RUNNING', 'COMPLETED')
    expect([await followRun(patient, RUN, 5), patient.asked()]).to.deep.equal(['COMPLETED', 3])
  })

  // CON-180
  test('continues after failed calls, until the timeout', async () => {
    const shaky = saying(new ApiError(failure), new ConnectionError('connector', 'GET', '/status', 'ECONNRESET'), 'COMPLETED')
    expect(await followRun(shaky, RUN, 5)).to.equal('COMPLETED')
    for (const api of [saying('RUNNING'), saying(new ApiError(failure))]) {
      const error = await followRun(api, RUN, 0.05).then(
        () => undefined,
        (thrown: Error) => thrown,
      )
      expect(error?.message).to.match(/did not complete within 0.05 s/)
    }
  })

  test('a status of another run is no news', async () => {
    const error = await followRun(saying('COMPLETED'), { ...RUN, runId: 'other' }, 0.05).then(
      () => undefined,
      (thrown: Error) => thrown,
    )
    expect(error?.message).to.contain('the run the status is of')
  })
})
