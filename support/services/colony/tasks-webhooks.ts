import { expect } from 'chai'
import { eventually } from '../../core/eventually'
import { leaveRoomToRemove } from './budgets'
import { isGenuine, openReceiver } from './receiver'
import type { ColonyScene } from './scene'
import { NOBODYS } from './tasks'

/** A host that answers nothing and that the service accepts as public. */
const HOST = 'https://test.clny.cc'
const SECRET = 'a-secret-of-the-acceptance-suite'

interface Wanted {
  name: string
  url: string
  events: string[]
}

async function create(scene: ColonyScene, who: string, { name, url, events }: Wanted): Promise<void> {
  const colony = await scene.as(who)
  await leaveRoomToRemove(scene.world.access, colony, 'webhook')
  const creation = { by: who, data: { account: await colony.accountId() } }
  const made = await scene.world.undo.create('colony.webhook', url, creation, (address) =>
    colony.webhooks.create({ url: address, secret: SECRET, events }),
  )
  expect(made, 'the webhook as answered').to.include({ url, is_active: true })
  expect(made.events, 'its events').to.have.members(events)
  scene.webhooks.remember(name, made)
}

function addressFor(scene: ColonyScene, name: string, origin = HOST): string {
  return `${origin}/${scene.world.access.unique(name).replaceAll(' ', '-')}`
}

export function subscribe(scene: ColonyScene, who: string, name: string, events: string[]): Promise<void> {
  return create(scene, who, { name, url: addressFor(scene, name), events })
}

/** Opens a listener of the scenario's own and has the sandbox send there. */
export async function subscribeReceiver(scene: ColonyScene, who: string, events: string[]): Promise<void> {
  const receiver = await openReceiver()
  scene.world.endsWithMe(() => receiver.close())
  scene.deliveries = receiver.deliveries
  await scene.world.access.powers?.post('/receivers', { origin: receiver.origin })
  await create(scene, who, {
    name: 'the receiver',
    url: addressFor(scene, 'hook', receiver.origin),
    events,
  })
}

export async function redirect(scene: ColonyScene, who: string, name: string, newName: string, events: string[]): Promise<void> {
  const { webhooks } = await scene.as(who)
  const url = addressFor(scene, newName)
  const changed = await webhooks.update(scene.webhooks.recall(name).id, { url, events })
  expect(changed.url, 'the new address').to.equal(url)
  expect(changed.events, 'the new events').to.have.members(events)
  scene.webhooks.remember(newName, changed)
}

export async function unsubscribe(scene: ColonyScene, who: string, name: string): Promise<void> {
  await (await scene.as(who)).webhooks.remove(scene.webhooks.recall(name).id)
}

export async function tryToUnsubscribeNobodys(scene: ColonyScene, who: string): Promise<void> {
  const { webhooks } = await scene.as(who)
  await scene.world.attempt(() => webhooks.remove(NOBODYS))
}

export async function tryToSubscribe(
  scene: ColonyScene,
  who: string,
  { secret = SECRET, origin = HOST, events = ['mention'] },
): Promise<void> {
  const colony = await scene.as(who)
  const { undo } = scene.world
  const creation = { by: who, data: { account: await colony.accountId() } }
  await scene.world.attempt(() =>
    undo.create('colony.webhook', addressFor(scene, 'hook', origin), creation, (url) =>
      colony.webhooks.create({ url, secret, events }),
    ),
  )
}

export async function expectListed(scene: ColonyScene, who: string, name: string, isListed: boolean): Promise<void> {
  const { webhooks } = await scene.as(who)
  const wanted = scene.webhooks.recall(name)
  await eventually(async () => {
    const found = (await webhooks.list()).find(({ id }) => id === wanted.id)
    expect(found !== undefined, `"${name}" is in the list`).to.equal(isListed)
    if (isListed) expect(found?.url, 'its address in the list').to.equal(wanted.url)
  })
}

/** The call came in, with both signatures right and the fields its kind promises. */
export async function expectDelivery(scene: ColonyScene, event: string, title: string): Promise<void> {
  const post = scene.posts.recall(title)
  await eventually(() => {
    const found = scene.deliveries.find(({ headers, body }) => headers['x-colony-event'] === event && body.includes(post.id))
    if (!found) expect.fail(`no ${event} about "${title}" among ${scene.deliveries.length} calls`)
    expect(isGenuine(found, SECRET), 'both signatures are right').to.equal(true)
    expect(found.headers['x-colony-delivery'], 'the id of the delivery').to.match(/^[0-9a-f-]{36}$/)
    expect(JSON.parse(found.body), 'the body').to.include({ event, post_id: post.id })
  })
}
