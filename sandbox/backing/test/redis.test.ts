import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { needs } from '../../kit/test/needs'
import { emulatedRedis, localRedis } from '../redis'
import type { Source } from '../server'
import { RawRedis } from './redis-client'
import { type RedisRow, shownOf, TABLE } from './redis-table'

/** The first response that differs, with the one that was expected. */
async function difference({ exchange }: RedisRow, url: string): Promise<{ seen: string; expected: string } | undefined> {
  const redis = await RawRedis.open(url)
  try {
    await redis.send('FLUSHALL')
    for (const [command, expected] of exchange) {
      const seen = JSON.stringify(shownOf(command, await redis.send(command)))
      if (seen !== JSON.stringify(expected)) return { seen, expected: JSON.stringify(expected) }
    }
    return undefined
  } finally {
    redis.close()
  }
}

describe('the emulated Redis', () => {
  let source: Source
  before(async () => {
    source = await emulatedRedis()
    await source.start()
  })
  after(() => source.stop())

  test('behaves like Redis, or refuses', { timeout: 60_000 }, async (context) => {
    const verdicts: Record<'same' | 'refused' | 'pretended', string[]> = { same: [], refused: [], pretended: [] }
    for (const row of TABLE) {
      const differs = await difference(row, source.url)
      const isRefusal = differs?.seen.startsWith('"-ERR unknown ') === true
      const verdict = !differs ? 'same' : isRefusal ? 'refused' : 'pretended'
      verdicts[verdict].push(`${row.does}: ${differs?.seen}, Redis ${differs?.expected}`)
    }
    context.diagnostic(`of ${TABLE.length}: ${verdicts.same.length} the same, ${verdicts.refused.length} refused`)
    expect(verdicts.pretended, 'pretended').to.deep.equal([])
  })
})

describe('a real Redis', needs('redis'), () => {
  let source: Source
  before(async () => {
    const found = await localRedis()
    if (!found) throw new Error('redis-server is on PATH, but was not found')
    source = found
    await source.start()
  })
  after(() => source.stop())

  test('the table describes its behaviour', { timeout: 60_000 }, async () => {
    for (const row of TABLE) expect(await difference(row, source.url), row.does).to.equal(undefined)
  })
})
