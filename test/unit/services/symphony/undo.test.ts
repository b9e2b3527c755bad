import { describe, test } from 'node:test'
import { expect } from 'chai'
import { undo } from '../../../../support/services/symphony/undo'
import { podAnswering } from '../../../support/symphony-stub'

const TAG = 'acceptance-suite-1700000000-abcdef'
const entry = (id: string, tag = TAG) => ({
  ...{ key: '1', at: 1, service: 'symphony', kind: 'datafeed', name: 'a datafeed', by: 'Ada', ends: 'removed' as const },
  ...{ id, data: { tag } },
})

/** A bot with feeds of two runs. */
async function bot() {
  const feeds = new Map([
    ['other_f', 'acceptance-suite-1700000001-fedcba'],
    ['ours_f', TAG],
  ])
  const chat = await podAnswering((method, { pathname, searchParams }) => {
    if (method === 'DELETE') return void feeds.delete(pathname.split('/').at(-1) ?? '')
    const tag = searchParams.get('tag')
    return [...feeds].filter(([, own]) => !tag || own === tag).map(([id]) => ({ id, type: 'fanout' }))
  })
  return { feeds, chat }
}

describe('a datafeed', () => {
  test('without a response is found by its run’s tag, and those of other runs stay', async () => {
    const { feeds, chat } = await bot()
    const { datafeed } = undo
    expect(await datafeed.find(chat, entry(''))).to.equal('ours_f')
    await datafeed.undo(chat, entry('ours_f'))
    expect(await datafeed.hasEnded(chat, entry('ours_f'))).to.equal(true)
    expect(await datafeed.find(chat, entry(''))).to.equal(undefined)
    expect([...feeds.keys()]).to.deep.equal(['other_f'])
  })

  test('of an entry without a tag is not recognised', async () => {
    const { feeds, chat } = await bot()
    expect(await undo.datafeed.find(chat, entry('', ''))).to.equal(undefined)
    expect(await undo.datafeed.recognise(chat, entry('other_f', ''))).to.equal('gone')
    expect(feeds.size).to.equal(2)
  })

  test('is not looked for on a pod that lists all feeds whatever the tag', async () => {
    const chat = await podAnswering(() => [
      { id: 'other_f', type: 'fanout' },
      { id: 'ours_f', type: 'fanout' },
    ])
    expect(await undo.datafeed.find(chat, entry(''))).to.equal(undefined)
  })
})
