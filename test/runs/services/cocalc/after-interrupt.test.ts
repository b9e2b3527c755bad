import { test } from 'node:test'
import { expect } from 'chai'
import { Hub } from '../../../../support/services/cocalc/client/client'
import { StopSignal } from '../../../../support/undo/stop'
import { accessTo } from '../../../support/access'
import { serve } from '../../../support/server'

const KEY = 'sk-abcdefghijklmnop000001'

test('after an interrupt no scenario starts a project again, while the undo continues and pending calls are awaited', async () => {
  const seen: string[] = []
  const held: (() => void)[] = []
  const address = await serve(async (request, reply) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const { name } = JSON.parse(text) as { name: string }
    seen.push(name)
    const respond = () => reply.writeHead(200, { 'content-type': 'application/json' }).end('null')
    if (name === 'projects.touch') held.push(respond)
    else respond()
  })
  const { access } = accessTo(address, {})
  const [hub, undoing] = [new Hub({ access, key: KEY }), new Hub({ access, key: KEY, undoes: true })]
  const stop = StopSignal.shared()
  const underWay = hub.projects.touch('p')
  while (seen.length === 0) await new Promise(setImmediate)
  stop.stop()
  expect(stop.busy, 'calls under way').to.equal(1)
  const ended: string[] = []
  const calls = {
    start: hub.projects.start('p'),
    touch: hub.projects.touch('p'),
    execute: hub.jupyter.execute('p', { input: '1' }),
    kernels: hub.jupyter.kernels('p'),
    ping: hub.project('p').system.ping(),
  }
  for (const [name, call] of Object.entries(calls))
    call.then(
      () => ended.push(name),
      () => ended.push(name),
    )
  await undoing.projects.stop('p')
  await undoing.project('p').bridge.call('system.listJupyterKernels')
  expect(seen).to.deep.equal(['projects.touch', 'projects.stop', 'system.listJupyterKernels'])
  for (const respond of held) respond()
  await underWay
  expect(stop.busy, 'calls under way').to.equal(0)
  expect(ended, 'calls that a scenario made after the interrupt').to.deep.equal([])
})
