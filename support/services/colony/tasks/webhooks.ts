import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { leaveRoomToRemove } from '../budgets'
import { isGenuine, openReceiver } from '../receiver'
import type { ColonyState } from '../state'
import { NOBODYS } from './posts'

/** A host that answers nothing and that the service accepts as public. */
const HOST = 'https://test.clny.cc'
const SECRET = 'a-secret-of-the-acceptance-suite'

interface Wanted {
  name: string
  url: string
  events: string[]
}

async function create(state: ColonyState, who: string, { name, url, events }: Wanted): Promise<void> {
  const colony = await state.as(who)
  await leaveRoomToRemove(state.world.access, colony, 'webhook')
  const creation = { by: who, data: { account: await colony.accountId() } }
  const made = await state.world.undo.create('colony.webhook', url, creation, (address) =>
    colony.webhooks.create({ url: address, secret: SECRET, events }),
  )
  expect(made, 'the webhook as answered').to.include({ url, is_active: true })
  expect(made.events, 'its events').to.have.members(events)
  state.webhooks.remember(name, made)
}

function addressFor(state: ColonyState, name: string, origin = HOST): string {
  return `${origin}/${state.world.access.unique(name).replaceAll(' ', '-')}`
}

export function subscribe(state: ColonyState, who: string, name: string, events: string[]): Promise<void> {
  return create(state, who, { name, url: addressFor(state, name), events })
}

/** Opens a listener of the scenario's own and has the sandbox send there. */
export async function subscribeReceiver(state: ColonyState, who: string, events: string[]): Promise<void> {
  const receiver = await openReceiver()
  state.world.closeAfterScenario(() => receiver.close())
  state.deliveries = receiver.deliveries
  await state.world.access.control?.post('/receivers', { origin: receiver.origin })
  await create(state, who, {
    name: 'the receiver',
    url: addressFor(state, 'hook', receiver.origin),
    events,
  })
}

export async function redirect(state: ColonyState, who: string, name: string, newName: string, events: string[]): Promise<void> {
  const { webhooks } = await state.as(who)
  const url = addressFor(state, newName)
  const changed = await webhooks.update(state.webhooks.recall(name).id, { url, events })
  expect(changed.url, 'the new address').to.equal(url)
  expect(changed.events, 'the new events').to.have.members(events)
  state.webhooks.remember(newName, changed)
}

export async function unsubscribe(state: ColonyState, who: string, name: string): Promise<void> {
  await (await state.as(who)).webhooks.remove(state.webhooks.recall(name).id)
}

export async function tryToUnsubscribeNobodys(state: ColonyState, who: string): Promise<void> {
  const { webhooks } = await state.as(who)
  await state.world.attempt(() => webhooks.remove(NOBODYS))
}

export async function tryToSubscribe(
  state: ColonyState,
  who: string,
  { secret = SECRET, origin = HOST, events = ['mention'] },
): Promise<void> {
  const colony = await state.as(who)
  const { undo } = state.world
  const creation = { by: who, data: { account: await colony.accountId() } }
  await state.world.attempt(() =>
    undo.create('colony.webhook', addressFor(state, 'hook', origin), creation, (url) =>
      colony.webhooks.create({ url, secret, events }),
    ),
  )
}

export async function expectListed(state: ColonyState, who: string, name: string, isListed: boolean): Promise<void> {
  const { webhooks } = await state.as(who)
  const wanted = state.webhooks.recall(name)
  await eventually(async () => {
    const found = (await webhooks.list()).find(({ id }) => id === wanted.id)
    expect(found !== undefined, `"${name}" is in the list`).to.equal(isListed)
    if (isListed) expect(found?.url, 'its address in the list').to.equal(wanted.url)
  })
}

/** The call came in, with both signatures right and the fields its kind promises. */
export async function expectDelivery(state: ColonyState, event: string, title: string): Promise<void> {
  const post = state.posts.recall(title)
  await eventually(() => {
    const found = state.deliveries.find(({ headers, body }) => headers['x-colony-event'] === event && body.includes(post.id))
    if (!found) expect.fail(`no ${event} about "${title}" among ${state.deliveries.length} calls`)
    expect(isGenuine(found, SECRET), 'both signatures are right').to.equal(true)
    expect(found.headers['x-colony-delivery'], 'the id of the delivery').to.match(/^[0-9a-f-]{36}$/)
    expect(JSON.parse(found.body), 'the body').to.include({ event, post_id: post.id })
  })
}
