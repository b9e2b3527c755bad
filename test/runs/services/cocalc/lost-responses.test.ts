import { after, before, test } from 'node:test'
import { expect } from 'chai'
import { bareCocalc, type CocalcWire } from '../../../../sandbox/cocalc/test/support/server'
import { everything } from '../../../support/cocalc-database'
import { bodyOf, forward } from '../../../support/forwarding'
import { serve } from '../../../support/server'
import { featuresOf, SuiteCopy } from '../../../support/suite-copy'

const CREATIONS = new Set(['projects.createProject', 'org.create', 'org.createUser', 'org.addUser', 'messages.send'])
/** They create a project, organizations, accounts, a membership and a message. */
const SCENARIOS = [
  'A new project is listed with its title and description',
  'A member receives an announcement',
  'A message is sent to its recipient alone',
]

const suite = new SuiteCopy(featuresOf('cocalc'))
let cocalc: CocalcWire
before(async () => {
  cocalc = await bareCocalc()
})
after(async () => {
  await cocalc.stop()
  suite.remove()
})

test('a creation whose response was lost is found and used by the scenario, and removed at its end', async () => {
  const before = await everything(cocalc)
  const lost: string[] = []
  const address = await serve(async (request, response) => {
    const body = await bodyOf(request)
    const reply = await forward(cocalc.address, request, body)
    const { name = '' } = JSON.parse(String(body)) as { name?: string }
    if (CREATIONS.has(name)) {
      lost.push(name)
      request.socket.destroy()
    } else response.writeHead(reply.status, reply.headers).end(reply.body)
  })
  const names = SCENARIOS.flatMap((title) => ['--name', title])
  const environment = { ...cocalc.variables, ALLOW_DESTRUCTIVE: 'cocalc', COCALC_HOST: address }
  const { code, stdout, stderr } = await suite.run(['features/cocalc', ...names], environment)
  expect(code, stdout + stderr).to.equal(0)
  expect(stdout).to.match(/^3 scenarios \(3 passed\)$/m)
  expect(new Set(lost)).to.deep.equal(CREATIONS)
  expect(await everything(cocalc)).to.deep.equal(before)
})
