/** The service's fixed page of comments. */
const COMMENTS_A_PAGE = 20

export interface Page<T> {
  items: T[]
  /** Whether another page exists; absent where the list does not report it. */
  has_more?: boolean | undefined
}

export interface Walk {
  /** Maximum number of items. */
  atMost?: number
  pageSize?: number
}

/**
 * Walks a list by offset, as the feed requires: `offset` is left out on the first page. Stops at an empty page, at a page that reports
 * no further one, or at the maximum; a list without that report ends with a page shorter than requested.
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
