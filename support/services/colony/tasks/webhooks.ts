import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { leaveRoomToRemove } from '../budgets'
import { replayKey } from '../client/idempotency'
import type { Webhook } from '../contract'
import { isGenuine, openReceiver } from '../receiver'
import type { ColonyState, CreatedWebhook } from '../state'
import type { WebhookFlaw } from '../words'
import { expectTime } from './checks'
import { comment } from './comments'
import { publish } from './posts'

/** A host that the service accepts as public, without a server. */
const HOST = 'https://test.clny.cc'
const SECRET = 'a-secret-of-the-acceptance-suite'

interface NewWebhook {
  name: string
  url: string
  events: readonly string[]
}

async function createAt(state: ColonyState, who: string, { name, url, events }: NewWebhook): Promise<void> {
  const colony = await state.as(who)
  await leaveRoomToRemove(state.world.access, colony, 'webhook')
  const creation = { by: who, data: { account: await colony.accountId() } }
  const at = Date.now()
  const made = await state.world.undo.create('colony.webhook', url, creation, () =>
    colony.webhooks.create({ url, secret: SECRET, events: [...events] }, replayKey(url)),
  )
  const created: CreatedWebhook = { id: made.id, url, events, at }
  expectWebhook(made, created)
  state.webhooks.remember(name, created)
}

function expectWebhook(actual: Webhook, { id, url, events, at }: CreatedWebhook): void {
  expect(actual.id, 'the id of the webhook').to.equal(id)
  expect(actual.url, 'the address of the webhook').to.equal(url)
  expect([...actual.events].sort(), 'the events of the webhook').to.deep.equal([...events].sort())
  expect(actual.is_active, 'whether the webhook is active').to.equal(true)
  expect(actual.failure_count, 'failures of the webhook').to.equal(0)
  expectTime(actual.created_at, at, 'the creation of the webhook')
}

function addressFor(state: ColonyState, name: string, origin = HOST): string {
  return `${origin}/${state.world.access.unique(name).replaceAll(' ', '-')}`
}

export function create(state: ColonyState, who: string, name: string, events: readonly string[]): Promise<void> {
  return createAt(state, who, { name, url: addressFor(state, name), events })
}

/** Opens a listener for the scenario, to which the sandbox may send. */
export async function createWithReceiver(state: ColonyState, who: string, events: readonly string[]): Promise<void> {
  const receiver = await openReceiver()
  state.world.closeAfterScenario(() => receiver.close())
  state.deliveries = receiver.deliveries
  await state.world.access.control?.post('/receivers', { origin: receiver.origin })
  await createAt(state, who, { name: 'the receiver', url: addressFor(state, 'hook', receiver.origin), events })
}

interface Change {
  name: string
  newName: string
  events: readonly string[]
}

export async function change(state: ColonyState, who: string, { name, newName, events }: Change): Promise<void> {
  const { webhooks } = await state.as(who)
  const changed = { ...state.webhooks.recall(name), url: addressFor(state, newName), events }
  expectWebhook(await webhooks.update(changed.id, { url: changed.url, events: [...events] }), changed)
  state.webhooks.remember(newName, changed)
}

export async function tryToCreate(state: ColonyState, who: string, flaw: WebhookFlaw): Promise<void> {
  const colony = await state.as(who)
  const secret = flaw === 'with a secret of 5 characters' ? 'short' : SECRET
  const events = flaw === 'for an unknown event' ? ['sunrise'] : ['mention']
  const url = addressFor(state, 'hook', flaw === 'with a private address' ? 'http://192.168.1.1' : HOST)
  const creation = { by: who, data: { account: await colony.accountId() } }
  await state.world.attempt(() =>
    state.world.undo.create('colony.webhook', url, creation, () => colony.webhooks.create({ url, secret, events })),
  )
}

/** In the list of its owner, once and as it was sent; only webhooks of the scenario's people are there on a sandbox. */
export async function expectWebhookListed(state: ColonyState, who: string, name: string, isListed: boolean): Promise<void> {
  const { webhooks } = await state.as(who)
  const created = state.webhooks.recall(name)
  await eventually(async () => {
    const listed = await webhooks.list()
    const found = listed.filter(({ id, url }) => id === created.id || url === created.url)
    expect(found, `the webhook "${name}" in the list`).to.have.length(isListed ? 1 : 0)
    for (const webhook of found) expectWebhook(webhook, created)
    if (!state.world.access.isLive) expect(listed, 'all webhooks listed').to.have.length(found.length)
  })
}

interface ExpectedDelivery {
  event: string
  title: string
  by: string
}

/** An event of the same kind about something else, sent after whatever came before. */
async function expectNextDelivery(state: ColonyState, { event, title, by }: ExpectedDelivery): Promise<void> {
  const before = state.deliveries.filter(({ headers }) => headers['x-colony-event'] === event).length
  if (event === 'post_created') await publish(state, by, 'A post after the event')
  else await comment(state, by, 'A comment after the event', title)
  await eventually(() => {
    const events = state.deliveries.filter(({ headers }) => headers['x-colony-event'] === event)
    expect(events.length, `events ${event} after another one was caused`).to.be.greaterThan(before)
  })
}

/** One event came in, with both signatures valid and the fields its kind promises; none came twice before the next one. */
export async function expectDelivery(state: ColonyState, { event, title, by }: ExpectedDelivery): Promise<void> {
  const post = state.posts.recall(title)
  const { username } = await state.identity(by)
  const written = state.comments.all().find(({ postId }) => postId === post.id)
  const subject = event === 'post_created' ? post.id : (written?.id ?? post.id)
  const matching = () =>
    state.deliveries.filter(({ headers, body }) => headers['x-colony-event'] === event && body.includes(subject))
  await eventually(() => expect(matching(), `events ${event} about "${title}"`).to.have.length(1))
  await expectNextDelivery(state, { event, title, by })
  const [found, ...again] = matching()
  expect(again, `further events ${event} about "${title}"`).to.deep.equal([])
  if (!found) return
  expect(isGenuine(found, SECRET), 'both signatures are valid').to.equal(true)
  expect(found.headers['x-colony-delivery'], 'the id of the delivery').to.match(/^[0-9a-f-]{36}$/)
  const payload: unknown = JSON.parse(found.body)
  const about =
    event === 'post_created' ? { title: post.title, post_type: post.type } : { post_title: post.title, comment_id: written?.id }
  expect(payload, 'the event').to.include({ event, post_id: post.id, author: username, ...about })
}
