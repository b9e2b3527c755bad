import { randomBytes, randomUUID } from 'node:crypto'
import type { Subscription, Trigger } from '../service/app'
import { type Body, isObject } from '../service/credentials'
import { chosenEntrypoint } from '../service/dispatch'
import { detail } from '../service/errors'
import { jsonOf, jsonOr } from '../service/http'
import type { Routes, Service } from '../service/route'
import { startRun } from './start'

/** The sidecar's routes: subscriptions, events that start runs, and events without a subscriber. */
export const eventRoutes: Routes = async (app, { service }) => {
  const { triggers = [], subscriptions = [] } = service.app
  app.get('/dapr/subscribe', async () => [...subscriptions.map(subscribed), ...triggers.map(triggered)])
  app.post('/events/v1/drop', async () => ({ success: false, status: 'DROP' }))
  app.post<{ Params: { eventId: string } }>('/events/v1/event/:eventId', async (request, reply) => {
    if (!service.infrastructure.engine) throw detail(503, 'Workflow execution not configured.')
    const { eventId } = request.params
    const trigger = triggers.find((one) => one.eventId === eventId)
    if (!trigger) throw detail(404, `No trigger registered for event_id: ${eventId}`)
    const body = jsonOr(request, () => detail(400, 'Invalid JSON body'))
    try {
      return await begun(service, trigger, body)
    } catch {
      return reply.code(500).send({ status: 'RETRY' })
    }
  })
  for (const { route, callback } of subscriptions) {
    app.post(`/subscriptions/v1/${route}`, async (request) => callback(jsonOf(request)))
  }
}

/** The event's data is the input of the run; if the data is not an object, all fields have their defaults. */
async function begun(service: Service, trigger: Trigger, body: unknown): Promise<Body> {
  if (!isObject(body)) throw new TypeError('an event is an object')
  const sent = 'data' in body ? body.data : body
  const data = isObject(sent) ? sent : {}
  const entrypoint = chosenEntrypoint(service.app, trigger.entrypoint ?? '')
  const { correlation_id: given = '' } = data
  if (typeof given !== 'string') throw new Error('an id is a text')
  const correlation = given || randomUUID()
  const { input } = entrypoint.contract(data)
  const workflowId = `${service.app.name}-event-${trigger.eventId}-${randomBytes(4).toString('hex')}`
  const started = await startRun(service, entrypoint, { workflowId, input, correlation })
  return { status: 'SUCCESS', ...started, correlation_id: correlation }
}

function subscribed({ pubsubname, topic, route, bulk, deadLetterTopic }: Subscription): Body {
  return {
    pubsubname,
    topic,
    route: `/subscriptions/v1/${route}`,
    ...(bulk ? { bulkSubscribe: { enabled: true, maxMessagesCount: 100, maxAwaitDurationMs: 40 } } : {}),
    ...(deadLetterTopic === undefined ? {} : { deadLetterTopic }),
  }
}

function triggered({ eventId, eventType, eventName, filters = [] }: Trigger): Body {
  const conditions = [
    ...filters.map(({ path, operator, value }) => `(${path} ${operator} '${value}')`),
    `event.data.event_name == '${eventName}'`,
    `event.data.event_type == '${eventType}'`,
  ]
  const rules = [{ match: conditions.join(' && '), path: `/events/v1/event/${eventId}` }]
  return { pubsubname: 'eventstore', topic: eventType, routes: { rules, default: '/events/v1/drop' } }
}
