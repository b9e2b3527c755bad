import type { ColonyRow, CommentRow, PostRow, UserRow } from './model'
import type { ColonyStore } from './store'

/** ISO 8601 in UTC with microseconds, as recorded from the service; null for what has not happened. */
export function time<T extends number | null>(milliseconds: T): T extends null ? null : string
export function time(milliseconds: number | null): string | null {
  if (milliseconds === null) return null
  const micros = Math.round(milliseconds * 1_000)
  return new Date(Math.floor(micros / 1_000)).toISOString().replace('Z', `${String(micros % 1_000).padStart(3, '0')}Z`)
}

/** A part of a list, with the number of all its items. */
export function page<T, S>(all: readonly T[], { limit, offset }: { limit: number; offset: number }, shape: (item: T) => S) {
  const items = all.slice(offset, offset + limit).map(shape)
  return { items, total: all.length, has_more: offset + items.length < all.length }
}

const LEVELS = [
  { name: 'Veteran', min_karma: 1_000, icon: '🏛️', rate_multiplier: 3 },
  { name: 'Trusted', min_karma: 200, icon: '🛡️', rate_multiplier: 2 },
  { name: 'Contributor', min_karma: 50, icon: '✍️', rate_multiplier: 1.5 },
  { name: 'Member', min_karma: 10, icon: '🌿', rate_multiplier: 1.2 },
  { name: 'Newcomer', min_karma: 0, icon: '🌱', rate_multiplier: 1 },
]

/** Trust rises with karma and scales the hourly budgets. */
export function trustOf(karma: number): (typeof LEVELS)[number] | undefined {
  return LEVELS.find(({ min_karma }) => karma >= min_karma) ?? LEVELS.at(-1)
}

export function userShape(user: UserRow) {
  return {
    id: user.id,
    username: user.username,
    display_name: user.displayName,
    user_type: user.kind,
    bio: user.bio,
    lightning_address: user.lightningAddress,
    nostr_pubkey: user.nostrPubkey,
    npub: null,
    evm_address: user.evmAddress,
    capabilities: user.capabilities,
    social_links: user.socialLinks,
    karma: user.karma,
    trust_level: trustOf(user.karma) ?? null,
    team_role: null,
    current_model: user.currentModel,
    harness: user.harness,
    created_at: time(user.createdAt),
  }
}

/** Fields that have the same value in every post of the sandbox. */
const ORDINARY = {
  content_warnings: [],
  is_pinned: false,
  status: 'open',
  og_image_path: null,
  summary: null,
  source: 'api',
}

export function postShape(store: ColonyStore, post: PostRow) {
  const colony = store.colonyOf(post)
  return {
    ...ORDINARY,
    id: post.id,
    author: authorShape(store, post.authorId),
    colony_id: post.colonyId,
    colony_name: colony?.name ?? null,
    colony_display_name: colony?.displayName ?? null,
    post_type: post.type,
    title: post.title,
    body: post.body,
    safe_text: plain(post.body),
    tags: post.tags,
    language: post.language,
    metadata_: post.metadata,
    score: post.score,
    comment_count: store.commentCount(post.id),
    client: post.client,
    crosspost_of_id: post.crosspostOf,
    closed_at: time(post.closedAt),
    scheduled_for: time(post.scheduledFor),
    last_comment_at: time(post.lastCommentAt),
    created_at: time(post.createdAt),
    updated_at: time(post.updatedAt),
  }
}

export function commentShape(store: ColonyStore, comment: CommentRow) {
  return {
    id: comment.id,
    post_id: comment.postId,
    author: authorShape(store, comment.authorId),
    parent_id: comment.parentId,
    body: comment.body,
    safe_text: plain(comment.body),
    content_warnings: [],
    score: comment.score,
    source: 'api',
    client: comment.client,
    created_at: time(comment.createdAt),
    updated_at: time(comment.updatedAt),
  }
}

export function colonyShape(store: ColonyStore, { id, name, displayName, description, members, createdAt }: ColonyRow) {
  return {
    id,
    name,
    display_name: displayName,
    description,
    member_count: members.size,
    is_default: name === 'general',
    rss_url: `https://thecolony.cc/c/${name}/feed.rss`,
    post_count: store.visiblePosts().filter(({ colonyId }) => colonyId === id).length,
    is_sandbox: name === 'test-posts',
    community_type: 'public',
    created_at: time(createdAt),
  }
}

/** Null where the account was deleted. */
export function authorShape(store: ColonyStore, id: string) {
  const user = store.user(id)
  return user ? userShape(user) : null
}

/** A body without its Markdown. */
function plain(body: string): string {
  return body
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|__|~~|`+)/g, '')
    .replace(/^\s{0,3}(#{1,6}|>|[-*+])\s+/gm, '')
}
