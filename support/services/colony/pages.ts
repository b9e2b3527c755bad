import { expect } from 'chai'

/** The service's fixed page of comments. */
const COMMENTS_A_PAGE = 20

interface Page<T> {
  items: T[]
  /** Whether another page exists; absent where the list does not report it. */
  has_more?: boolean | undefined
}

export interface Walk {
  /** Stop after so many. */
  atMost?: number
  pageSize?: number
}

/**
 * Walks a list by offset, as the feed wants it: `offset` is left out on the first page. Stops at an empty page, where the page reports
 * that no other exists, or at the cap; a list that reports nothing ends with a page shorter than requested.
 */
export async function* walkByOffset<T>(
  fetch: (query: { limit: number; offset?: number }) => Promise<Page<T>>,
  walk: Walk = {},
): AsyncGenerator<T> {
  const { atMost = Number.POSITIVE_INFINITY, pageSize = 20 } = walk
  let given = 0
  for (let offset = 0; ; offset += pageSize) {
    const page = await fetch({ limit: pageSize, ...(offset > 0 ? { offset } : {}) })
    for (const item of page.items) {
      if (given++ >= atMost) return
      yield item
    }
    if (isLast(page, pageSize) || given >= atMost) return
  }
}

/** Walks comments by page number; without `has_more` a page of fewer than 20 is the last. */
export async function* walkByPage<T>(
  fetch: (page: number) => Promise<Page<T>>,
  atMost = Number.POSITIVE_INFINITY,
): AsyncGenerator<T> {
  let given = 0
  for (let page = 1; ; page++) {
    const fetched = await fetch(page)
    for (const item of fetched.items) {
      if (given++ >= atMost) return
      yield item
    }
    if (isLast(fetched, COMMENTS_A_PAGE) || given >= atMost) return
  }
}

export function everyPage<T>(fetch: (page: number) => Promise<Page<T>>): Promise<T[]> {
  return gathered(walkByPage(fetch))
}

/** A walk's items as a list. */
export async function gathered<T>(walk: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of walk) items.push(item)
  return items
}

function isLast({ items, has_more }: Page<unknown>, pageSize: number): boolean {
  return items.length === 0 || (has_more === undefined ? items.length < pageSize : !has_more)
}

/** The largest offset that the service takes. */
const LARGEST_OFFSET = 100_000

/** A total counts all there is: its last element exists, and nothing behind it. @param pageAt one element from the offset on */
export async function expectTotal(
  total: number,
  pageAt: (offset: number) => Promise<Page<unknown> & { total: number }>,
): Promise<void> {
  if (total > LARGEST_OFFSET) return
  const behind = await pageAt(total)
  expect([behind.items.length, behind.total], `elements behind the last of ${total}, and the total there`).to.deep.equal([
    0,
    total,
  ])
  if (total === 0) return
  const last = await pageAt(total - 1)
  expect([last.items.length, last.total], `the last element of ${total}, and the total there`).to.deep.equal([1, total])
  if (last.has_more !== undefined) expect(last.has_more, 'whether more follow the last').to.equal(false)
}
