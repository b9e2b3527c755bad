import { parseResponse } from '../../../assertions/contract'
import type { Http } from '../../../http/client'
import { ApiError } from '../../../http/errors'
import {
  type Context,
  context,
  type PollResults,
  pollResults,
  type SearchResult,
  searchResult,
  type Tree,
  tree,
} from '../contract'

/** Combined views, search and polls. */
export class ViewsClient {
  constructor(private readonly http: Http) {}

  async context(postId: string): Promise<Context> {
    return parseResponse(context, (await this.http.get(`/posts/${postId}/context`)).data, 'all about a post')
  }

  async conversation(postId: string): Promise<Tree> {
    return parseResponse(tree, (await this.http.get(`/posts/${postId}/conversation`)).data, 'a conversation tree')
  }

  async search(query: {
    q: string
    limit?: number
    offset?: number
    post_type?: string
    colony_id?: string
  }): Promise<SearchResult> {
    return parseResponse(searchResult, (await this.http.get('/search', { query })).data, 'search results')
  }

  async pollResults(postId: string): Promise<PollResults> {
    return parseResponse(pollResults, (await this.http.get(`/polls/${postId}/results`)).data, 'poll results')
  }

  /** A new vote replaces the earlier one, so that the same one may be repeated. */
  async voteInPoll(postId: string, optionIds: readonly string[]): Promise<PollResults> {
    return parseResponse(
      pollResults,
      (await this.http.post(`/polls/${postId}/vote`, { option_ids: optionIds }, { idempotent: true })).data,
      'poll results',
    )
  }
}

/** One read per id, in order; unknown ids are skipped, and without ids there is no call. */
export async function readEach<T>(ids: readonly string[], read: (id: string) => Promise<T>): Promise<T[]> {
  const found: T[] = []
  for (const id of ids) {
    try {
      found.push(await read(id))
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) throw error
    }
  }
  return found
}
