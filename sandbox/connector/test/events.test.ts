import { describe, test } from 'node:test'
import { expect } from 'chai'
import type { Trigger } from '../service/app'
import { entrypoint, shell } from './support/service'

const trigger: Trigger = {
  eventId: 'changed',
  eventType: 'source_events',
  eventName: 'schema_changed',
  filters: [
    { path: 'event.data.a', operator: '==', value: 'x' },
    { path: 'event.data.b', operator: '!=', value: 'y' },
  ],
}
const triggered = (more = {}) => shell({ app: { triggers: [trigger] }, ...more })

describe('subscriptions for the sidecar', () => {
  // CON-285
  test('nothing to subscribe to: a bare empty list', async () => {
    const { status, body } = await (await shell()).ask('GET', '/dapr/subscribe')
    expect([status, body]).to.deep.equal([200, []])
  })

  // CON-286
  test('a trigger: its rule, and the route for all other events', async () => {
    expect((await (await triggered()).ask('GET', '/dapr/subscribe')).body).to.deep.equal([
      {
        pubsubname: 'eventstore',
        topic: 'source_events',
        routes: {
          rules: [
            {
              match:
                "(event.data.a == 'x') && (event.data.b != 'y') && event.data.event_name == 'schema_changed' && event.data.event_type == 'source_events'",
              path: '/events/v1/event/changed',
            },
          ],
          default: '/events/v1/drop',
        },
      },
    ])
  })

  // CON-287, CON-289
  test('a subscription: its route, which returns the app’s response', async () => {
    const common = { pubsubname: 'pubsub', topic: 't', callback: async (body: unknown) => ({ got: body }) }
    const app = await shell({
      app: {
        subscriptions: [
          { ...common, route: 'plain' },
          { ...common, route: 'bulk', bulk: true, deadLetterTopic: 'dead' },
        ],
      },
    })
    expect((await app.ask('GET', '/dapr/subscribe')).body).to.deep.equal([
      { pubsubname: 'pubsub', topic: 't', route: '/subscriptions/v1/plain' },
      {
        pubsubname: 'pubsub',
        topic: 't',
        route: '/subscriptions/v1/bulk',
        bulkSubscribe: { enabled: true, maxMessagesCount: 100, maxAwaitDurationMs: 40 },
        deadLetterTopic: 'dead',
      },
    ])
    expect((await app.ask('POST', '/subscriptions/v1/plain', { a: 1 })).body).to.deep.equal({ got: { a: 1 } })
  })
})

describe('events', () => {
  // CON-288
  test('an event without a subscriber is dropped, whatever it is', async () => {
    for (const body of ['{', { a: 1 }, undefined]) {
      const { status, body: response } = await (await shell()).ask('POST', '/events/v1/drop', body)
      expect([status, response]).to.deep.equal([200, { success: false, status: 'DROP' }])
    }
  })

  // CON-394, CON-395
  test('an event starts a run, whose correlation id is in its memo and in the response', async () => {
    const app = await triggered()
    const { status, body } = await app.ask('POST', '/events/v1/event/changed', { data: { a: 1 } })
    expect([status, body.status]).to.deep.equal([200, 'SUCCESS'])
    expect(body.workflow_id).to.match(/^test-event-changed-[0-9a-f]{8}$/)
    const run = app.state.now.runs.get(body.run_id)
    expect([run?.input, run?.memo]).to.deep.equal([{ a: 1 }, { correlation_id: body.correlation_id }])
    const own = await app.ask('POST', '/events/v1/event/changed', { data: { correlation_id: 'c-1' } })
    expect(own.body.correlation_id).to.equal('c-1')
    const beside = await app.ask('POST', '/events/v1/event/changed', { correlation_id: 'c-1', data: {} })
    expect(beside.body.correlation_id, 'only its data counts').to.not.equal('c-1')
  })

  // CON-562
  test('an empty object starts one; a list gets the status for a retry', async () => {
    const app = await triggered()
    for (const body of [{}, { data: 5 }, { data: null }]) {
      expect((await app.ask('POST', '/events/v1/event/changed', body)).body.status).to.equal('SUCCESS')
    }
    const { status, body } = await app.ask('POST', '/events/v1/event/changed', [])
    expect([status, body]).to.deep.equal([500, { status: 'RETRY' }])
  })

  // CON-391, CON-392, CON-393, CON-396
  test('not configured, unknown, not JSON, or not startable', async () => {
    const responseTo = async (app: Awaited<ReturnType<typeof shell>>, id: string, sent: unknown) => {
      const { status, body } = await app.ask('POST', `/events/v1/event/${id}`, sent)
      return [status, body]
    }
    const engineless = await triggered({ infrastructure: ({ engine: _none, ...made }: Record<string, unknown>) => made })
    expect(await responseTo(engineless, 'changed', {})).to.deep.equal([503, { detail: 'Workflow execution not configured.' }])
    const app = await triggered()
    expect(await responseTo(app, 'other', {})).to.deep.equal([404, { detail: 'No trigger registered for event_id: other' }])
    for (const none of ['{', '', '  ']) {
      expect(await responseTo(app, 'changed', none)).to.deep.equal([400, { detail: 'Invalid JSON body' }])
    }
    expect(await responseTo(app, 'changed', { data: { correlation_id: 5 } })).to.deep.equal([500, { status: 'RETRY' }])
    const failing = await shell({
      app: {
        triggers: [trigger],
        entrypoints: [
          entrypoint('run', {
            contract: () => {
              throw new Error('no')
            },
          }),
        ],
      },
    })
    expect(await responseTo(failing, 'changed', {})).to.deep.equal([500, { status: 'RETRY' }])
  })

  // CON-397, CON-398
  test('its run has the usual timeout', async () => {
    const endless = entrypoint('run', {
      run: ({ signal }) => new Promise((_resolve, reject) => signal.addEventListener('abort', reject)),
    })
    const statusAfter = async (executionTimeout: number | undefined) => {
      const app = await shell({
        app: { triggers: [trigger], entrypoints: [endless] },
        infrastructure: (made) => (executionTimeout === undefined ? made : { ...made, executionTimeout }),
      })
      const { body } = await app.ask('POST', '/events/v1/event/changed', {})
      if (executionTimeout !== undefined) await app.get(`/result/${body.workflow_id}?wait=true`)
      return (await app.get(`/status/${body.workflow_id}/${body.run_id}`)).body.data.status
    }
    expect([await statusAfter(20), await statusAfter(undefined)]).to.deep.equal(['TIMED_OUT', 'RUNNING'])
  })
})
