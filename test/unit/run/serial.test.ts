import { after, before, describe, test } from 'node:test'
import type { Pickle } from '@cucumber/messages'
import { expect } from 'chai'
import { RESOLVED } from '../../../support/run/resolved'
import { serialRule } from '../../../support/run/serial'

const scenario = (uri: string, ...tags: string[]): Pickle =>
  ({ uri, tags: tags.map((name) => ({ name, astNodeId: '1' })) }) as unknown as Pickle
const posts = (...tags: string[]) => scenario('features/colony/posts.feature', ...tags)
const cells = (...tags: string[]) => scenario('features/cocalc/notebooks.feature', ...tags)

describe('which scenarios run side by side', () => {
  const earlier = process.env[RESOLVED]
  before(() => {
    process.env[RESOLVED] = JSON.stringify({ services: { colony: { kind: 'live' }, cocalc: { kind: 'sandbox' } } })
  })
  after(() => {
    if (earlier === undefined) delete process.env[RESOLVED]
    else process.env[RESOLVED] = earlier
  })

  test('live, not two that use what an account has only once', () => {
    expect(serialRule(posts('@serial:colony'), [posts('@serial:colony')])).to.equal(false)
    expect(serialRule(posts('@serial:colony'), [posts(), cells('@serial:cocalc')])).to.equal(true)
    expect(serialRule(posts(), [posts('@serial:colony')])).to.equal(true)
  })

  test('on a sandbox, these as well', () => {
    expect(serialRule(cells('@serial:cocalc'), [cells('@serial:cocalc')])).to.equal(true)
  })

  test('not two that take much of the machine, wherever they run', () => {
    expect(serialRule(cells('@resource-intensive'), [posts('@resource-intensive')])).to.equal(false)
    expect(serialRule(cells('@resource-intensive'), [posts(), cells()])).to.equal(true)
    expect(serialRule(cells(), [cells('@resource-intensive')])).to.equal(true)
  })
})
