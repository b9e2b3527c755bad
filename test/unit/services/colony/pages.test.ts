import { describe, test } from 'node:test'
import { expect } from 'chai'
import { everyPage, gathered, walkByOffset, walkByPage } from '../../../../support/services/colony/pages'

const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at)

function list(total: number) {
  const asked: unknown[] = []
  const byOffset = async (query: { limit: number; offset?: number }) => {
    asked.push(query)
    const start = query.offset ?? 0
    return { items: numbers(total).slice(start, start + query.limit) }
  }
  const byPage = async (page: number) => {
    asked.push(page)
    return { items: numbers(total).slice((page - 1) * 20, page * 20) }
  }
  return { asked, byOffset, byPage }
}

describe('walking lists', () => {
  // COL-059
  test('by offset: pages are consecutive, and the first request has no offset', async () => {
    const { asked, byOffset } = list(100)
    expect(await gathered(walkByOffset(byOffset, { pageSize: 5, atMost: 12 }))).to.deep.equal(numbers(12))
    expect(asked).to.deep.equal([{ limit: 5 }, { limit: 5, offset: 5 }, { limit: 5, offset: 10 }])
  })

  // COL-060
  test('by offset: a cap below the page size', async () => {
    const { asked, byOffset } = list(100)
    expect(await gathered(walkByOffset(byOffset, { atMost: 3 }))).to.deep.equal([0, 1, 2])
    expect(asked).to.deep.equal([{ limit: 20 }])
  })

  test('by offset: a short page is the last, and so is an empty one', async () => {
    const short = list(7)
    expect(await gathered(walkByOffset(short.byOffset, { pageSize: 5 }))).to.have.length(7)
    expect(short.asked).to.have.length(2)
    const even = list(10)
    expect(await gathered(walkByOffset(even.byOffset, { pageSize: 5 }))).to.have.length(10)
    expect(even.asked).to.have.length(3)
  })

  // COL-246
  test('by page: has_more ends the walk at a full last page, without another request', async () => {
    const { asked, byPage } = list(40)
    const walked = await everyPage(async (page) => ({ ...(await byPage(page)), has_more: page < 2 }))
    expect(walked).to.deep.equal(numbers(40))
    expect(asked).to.deep.equal([1, 2])
  })

  test('by page: a short page that reports another one is not the last', async () => {
    const pages = [[1, 2], [3]]
    expect(await everyPage(async (page) => ({ items: pages[page - 1] ?? [], has_more: page < 2 }))).to.deep.equal([1, 2, 3])
  })

  // COL-062
  test('by page: a page of fewer than twenty is the last', async () => {
    const { asked, byPage } = list(22)
    expect(await everyPage(byPage)).to.deep.equal(numbers(22))
    expect(asked).to.deep.equal([1, 2])
  })

  // COL-045, COL-063
  test('by page: the cap ends it', async () => {
    const { asked, byPage } = list(22)
    expect(await gathered(walkByPage(byPage, 3))).to.deep.equal([0, 1, 2])
    expect(asked).to.deep.equal([1])
  })
})
