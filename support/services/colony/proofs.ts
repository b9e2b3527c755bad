import { ApiError } from '../../http/errors'
import type { Entry } from '../../undo/journal'
import { RUN_ID } from '../../undo/names'
import type { Recognition } from '../../undo/undo'
import type { ColonyClient } from './client/client'
import type { Comment, Reaction } from './contract'
import { everyPage } from './pages'

/** How far apart two clocks, and the intent of a creation and its response, may be: generous, since run id and author prove more. */
const TOLERANCE = 60 * 60_000
const MINUTE = 60_000

/** A post or comment with its author, as in any response of The Colony. */
interface Written {
  author: { id: string; username: string }
  /** Title of a post, text of a comment. */
  text: string
  created_at: string
}

const doubt = (why: string): Recognition => ({ doubt: why })

/** @returns why the credentials in use cannot undo the entry; undefined where they belong to the account that created it */
async function wrongAccount(colony: ColonyClient, { data }: Entry): Promise<string | undefined> {
  const own = await colony.accountId()
  if (data.account === own) return undefined
  if (data.account === undefined) return 'the journal does not say which account made it'
  return `it was made by the account ${data.account}, and these credentials belong to ${own}`
}

/** @throws where the credentials in use belong to another account than the one that created the entry */
export async function expectSameAccount(colony: ColonyClient, entry: Entry): Promise<void> {
  const why = await wrongAccount(colony, entry)
  if (why) throw new Error(`not looked for: ${why}`)
}

export async function recognisePost(colony: ColonyClient, entry: Required<Entry>): Promise<Recognition> {
  const post = await unlessMissing(() => colony.post(entry.id))
  return post ? recogniseWritten(colony, entry, { ...post, text: post.title }) : 'gone'
}

export async function recogniseComment(colony: ColonyClient, entry: Required<Entry>): Promise<Recognition> {
  const comment = await findComment(colony, entry)
  return comment ? recogniseWritten(colony, entry, { ...comment, text: comment.body }) : 'gone'
}

async function recogniseWritten(colony: ColonyClient, entry: Entry, written: Written): Promise<Recognition> {
  const wrongAuthor = await wrongAuthorOf(colony, entry, written)
  if (wrongAuthor) return doubt(wrongAuthor)
  if (!holdsRunId(written.text, entry.name)) return doubt(`its text is "${written.text}", without the run id`)
  if (Math.abs(Date.parse(written.created_at) - entry.at) > TOLERANCE)
    return doubt(`it was created at ${written.created_at}, and the journal says ${new Date(entry.at).toISOString()}`)
  return 'ours'
}

/** Journals of earlier versions do not name the account: there the author must be the account in use. */
async function wrongAuthorOf(colony: ColonyClient, { data }: Entry, { author }: Written): Promise<string | undefined> {
  const own = await colony.accountId()
  if (author.id === own && author.id === (data.account ?? own)) return undefined
  return `its author is @${author.username} (${author.id}), and these credentials belong to ${own}`
}

/** The list first: every version of The Colony has it. Only what is not in it is read by its id, since a list may lag behind. */
async function findComment(colony: ColonyClient, { id, data }: Required<Entry>): Promise<Comment | undefined> {
  const listed = (await commentsBelow(colony, data.post ?? '')).find((comment) => comment.id === id)
  return listed ?? (await unlessMissing(() => colony.comment(id)))
}

export async function commentsBelow(colony: ColonyClient, postId: string): Promise<Comment[]> {
  return (await unlessMissing(() => everyPage((page) => colony.comments(postId, { page })))) ?? []
}

/** A list shows the webhooks of its own account only, so that one of another account would pass for removed. */
export async function recogniseWebhook(colony: ColonyClient, entry: Required<Entry>): Promise<Recognition> {
  const why = await wrongAccount(colony, entry)
  if (why) return doubt(why)
  const found = (await colony.webhooks.list()).find(({ id }) => id === entry.id)
  if (!found) return 'gone'
  return holdsRunId(found.url, entry.name) ? 'ours' : doubt(`its address is ${found.url}, without the run id`)
}

/** A follow has only two states: if it differs from the earlier state, it is in the state that the run set. */
export async function recogniseFollow(colony: ColonyClient, entry: Required<Entry>): Promise<Recognition> {
  const why = await wrongAccount(colony, entry)
  if (why) return doubt(why)
  return (await follows(colony, entry.id)) === wasBefore(entry) ? 'gone' : 'ours'
}

export async function follows(colony: ColonyClient, whom: string): Promise<boolean> {
  const followed = await colony.people.followedBy(await colony.accountId())
  return followed.some(({ id }) => id === whom)
}

/** Whether the account followed, or was a member, before the run changed that. */
export function wasBefore({ data }: Entry): boolean {
  return data.before === 'yes'
}

/** No call reads a membership; joining and leaving are refused where nothing is left to change. */
export async function recogniseMembership(colony: ColonyClient, entry: Required<Entry>): Promise<Recognition> {
  const why = await wrongAccount(colony, entry)
  return why ? doubt(why) : 'ours'
}

/** Archived by the account that the entry names; a conversation that is listed again needs no undo. */
export async function recogniseArchive(colony: ColonyClient, entry: Required<Entry>): Promise<Recognition> {
  const why = await wrongAccount(colony, entry)
  if (why) return doubt(why)
  return (await isArchived(colony, entry)) ? 'ours' : 'gone'
}

export async function isArchived(colony: ColonyClient, { data }: Entry): Promise<boolean> {
  const listed = await colony.inbox.conversations({ include_archived: true, limit: 100 })
  return listed.some(({ other_user, is_archived }) => other_user.username === data.username && is_archived === true)
}

export async function recogniseBio(colony: ColonyClient, entry: Required<Entry>): Promise<Recognition> {
  const why = await wrongAccount(colony, entry)
  if (why) return doubt(why)
  const { bio } = await colony.me()
  if (bio === entry.name) return 'ours'
  return (bio ?? '') === (entry.data.before ?? '') ? 'gone' : doubt('the bio has been changed since')
}

export async function recogniseReaction(colony: ColonyClient, entry: Required<Entry>): Promise<Recognition> {
  const why = await wrongAccount(colony, entry)
  if (why) return doubt(why)
  const { kind, id } = targetOf(entry)
  const text = await unlessMissing(async () =>
    kind === 'post' ? (await colony.post(id)).title : (await colony.comment(id)).body,
  )
  if (text === undefined) return 'gone'
  return holdsRunId(text, entry.name) ? 'ours' : doubt(`the reaction is on "${text}", which is not of this run`)
}

/** The target of a reaction, from `post:<id>` or `comment:<id>`. */
function targetOf({ data }: Entry): { kind: string; id: string } {
  const [kind = '', id = ''] = (data.target ?? '').split(':')
  return { kind, id }
}

export async function recogniseAge(colony: ColonyClient, entry: Required<Entry>): Promise<Recognition> {
  if (!colony.control) return doubt('only a sandbox changes the age of a post')
  const written = await unlessMissing(() => readAged(colony, entry))
  if (!written) return 'gone'
  const wrongAuthor = await wrongAuthorOf(colony, entry, written)
  if (wrongAuthor) return doubt(wrongAuthor)
  if (!holdsRunId(written.text, entry.name)) return doubt(`its text is "${written.text}", without the run id`)
  return isAged(written, entry) ? 'ours' : 'gone'
}

/** A post, or a comment where the entry names one. */
export async function readAged(colony: ColonyClient, { id, data }: Required<Entry>): Promise<Written> {
  if (data.kind !== 'comment') return colony.post(id).then((post) => ({ ...post, text: post.title }))
  return colony.comment(id).then((comment) => ({ ...comment, text: comment.body }))
}

/** Whether the reported creation time is as much earlier as the run set it. */
export function isAged({ created_at }: Pick<Written, 'created_at'>, { at, data }: Entry): boolean {
  return Date.parse(created_at) <= at - Number(data.minutes) * MINUTE
}

/** A toggle returns the reactions afterwards: if it added the reaction instead of removing it, it is called once more. */
export async function takeOff(colony: ColonyClient, entry: Entry): Promise<void> {
  const { kind, id } = targetOf(entry)
  const emoji = entry.data.emoji ?? ''
  const where = kind === 'post' ? { post_id: id } : { comment_id: id }
  const after = await unlessMissing(() => colony.toggleReaction(where, emoji))
  if (!isOn(after, emoji)) return
  if (isOn(await colony.toggleReaction(where, emoji), emoji)) throw new Error(`the ${emoji} reaction cannot be removed`)
}

function isOn(after: Reaction[] | undefined, emoji: string): boolean {
  return after?.some((reaction) => reaction.emoji === emoji && reaction.user_reacted) ?? false
}

/** @param name of the entry, which contains the run id; one without a run id proves nothing */
function holdsRunId(text: string, name: string): boolean {
  const [runId] = RUN_ID.exec(name) ?? []
  return runId !== undefined && text.includes(runId)
}

export async function unlessMissing<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined
    throw error
  }
}
