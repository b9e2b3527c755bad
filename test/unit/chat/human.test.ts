import { describe, type TestContext, test } from 'node:test'
import { expect } from 'chai'
import { eventually } from '../../../support/assertions/eventually'
import { askPerson } from '../../../support/chat/human'
import type { AcceptanceWorld } from '../../../support/world'

const worldOf = (isLive: boolean, environment: Record<string, string> = {}) =>
  ({ access: { isLive }, run: { environment } }) as unknown as AcceptanceWorld

/** What a request prints, and the timeout that it returns. */
function asked({ mock }: TestContext, world: AcceptanceWorld): { timeout: number; printed: string } {
  const lines: string[] = []
  const write = mock.method(process.stderr, 'write', (line: string) => lines.push(line) > 0)
  const timeout = askPerson(world, 'mention the bot in #general')
  write.mock.restore()
  return { timeout, printed: lines.join('') }
}

describe('a wait for a person', () => {
  test('live the request is printed with its timeout, a minute unless set', (context) => {
    const { timeout, printed } = asked(context, worldOf(true))
    expect([timeout, printed]).to.deep.equal([60_000, '\u0007\n  Please mention the bot in #general (within 60 s).\n'])
    const set = asked(context, worldOf(true, { ACCEPTANCE_HUMAN_TIMEOUT: '90' }))
    expect([set.timeout, set.printed.includes('(within 90 s)')]).to.deep.equal([90_000, true])
  })

  test('on a sandbox nothing is printed', (context) => {
    expect(asked(context, worldOf(false, { ACCEPTANCE_HUMAN_TIMEOUT: '90' }))).to.deep.equal({ timeout: 10_000, printed: '' })
  })

  test('fails where no person acts in time', async (context) => {
    const { timeout } = asked(context, worldOf(true, { ACCEPTANCE_HUMAN_TIMEOUT: '0.05' }))
    const error = await eventually(() => expect([], 'messages of Ben').to.have.length(1), { timeout }).then(
      () => undefined,
      (thrown: Error) => thrown,
    )
    expect(error?.message).to.match(/^messages of Ben: .*still so after/)
  })
})
