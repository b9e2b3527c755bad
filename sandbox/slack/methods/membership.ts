import { conversation, conversationFor, isSlackbot, needs, person, requireMember, scopesFor } from '../access'
import { type Call, type Methods, method, requireScope } from '../context'
import { refused } from '../errors'
import type { ChannelRow, UserRow } from '../model'
import { announce } from '../posting'
import { addChannel, directWith, existingDirect, isDirect } from '../rows'
import { channelShape, readMarks } from '../shapes'

const MANAGE = ['channels:manage', 'groups:write', 'im:write', 'mpim:write', 'channels:write']
const INVITE = [...MANAGE, 'channels:write.invites', 'groups:write.invites']
const MOST_IN_GROUP = 8
const LONGEST_NAME = 80
const MOST_INVITED = 100
/** Only lists of conversations count members. */
const UNCOUNTED = { members: false }

export const membershipMethods: Methods = {
  'conversations.open': method({ tier: 'T3', scopes: MANAGE, needs: needsToOpen, writes: true }, (call) => {
    const { store, caller, args, slack } = call
    if (args.has('channel')) return opened(call, directNamed(call), false)
    const ids = [...new Set(args.list('users'))]
    if (ids.length === 0) throw refused('users_list_not_supplied')
    const others = ids.map((id) => invitee(call, id)).filter(({ id }) => id !== caller.user.id)
    if (others.length === 0) throw refused('not_enough_users')
    if (others.length > MOST_IN_GROUP) throw refused('too_many_users')
    requireScope(caller, others.length === 1 ? 'im:write' : 'mpim:write')
    if (caller.token.kind === 'bot' && others.some((user) => user.isBot)) throw refused('invalid_user_combination')
    if (args.flag('prevent_creation') && !existingDirect(store, caller.user, others)) throw refused('channel_not_found')
    const { channel, made } = directWith(store, caller.user, others)
    const response = opened(call, channel, made)
    if (channel.kind === 'im') slack.events.directOpened(channel, caller.user.id, made)
    return response
  }),
  'conversations.close': method({ tier: 'T2', scopes: MANAGE, needs: needs('manage'), writes: true }, (call) => {
    const channel = directNamed(call)
    const me = call.caller.user.id
    if (!channel.openFor.includes(me)) return { no_op: true, already_closed: true }
    channel.openFor = channel.openFor.filter((id) => id !== me)
    return {}
  }),
  'conversations.join': method({ tier: 'T3', scopes: ['channels:join', 'channels:write'], writes: true }, (call) => {
    const channel = conversation(call)
    if (channel.kind !== 'public') throw refused('method_not_supported_for_channel_type')
    if (channel.archived) throw refused('is_archived')
    if (channel.members.includes(call.caller.user.id)) call.warn('already_in_channel')
    else enter(call, channel, call.caller.user)
    return { channel: channelShape(channel, call.caller.user.id, UNCOUNTED) }
  }),
  'conversations.leave': method({ tier: 'T3', scopes: MANAGE, needs: needs('manage'), writes: true }, (call) => {
    const channel = conversationFor(call, 'manage')
    if (channel.general) throw refused('cant_leave_general')
    if (channel.kind === 'im') throw refused('method_not_supported_for_channel_type')
    const me = call.caller.user.id
    if (!channel.members.includes(me)) return { not_in_channel: true }
    announce(call, channel, { userId: me, subtype: 'channel_leave', text: `<@${me}> has left the channel` })
    channel.members = channel.members.filter((id) => id !== me)
    return {}
  }),
  'conversations.create': method({ tier: 'T2', scopes: MANAGE, needs: needsToCreate, writes: true }, (call) => {
    const { store, caller, args } = call
    const isPrivate = args.flag('is_private')
    const name = checkedName(args.text('name'))
    if (caller.team.restricted) throw refused('restricted_action')
    if (store.channels(caller.team.id).some((channel) => channel.name === name)) throw refused('name_taken')
    const kind = isPrivate ? 'private' : 'public'
    const channel = addChannel(store, { teamId: caller.team.id, kind, name, creator: caller.user.id, members: [] })
    enter(call, channel, caller.user)
    return { channel: channelShape(channel, caller.user.id, UNCOUNTED) }
  }),
  'conversations.archive': method({ tier: 'T2', scopes: MANAGE, needs: needs('manage'), writes: true }, (call) => {
    const channel = conversationFor(call, 'manage')
    if (isDirect(channel)) throw refused('method_not_supported_for_channel_type')
    if (channel.general) throw refused('cant_archive_general')
    requireMember(call, channel)
    if (channel.archived) throw refused('already_archived')
    if (call.caller.team.restricted) throw refused('restricted_action')
    announce(call, channel, { userId: call.caller.user.id, subtype: 'channel_archive', text: 'archived the channel' })
    channel.archived = true
    channel.updated = Date.now()
    return {}
  }),
  'conversations.invite': method({ tier: 'T3', scopes: INVITE, writes: true }, (call) => {
    const channel = conversation(call)
    if (channel.kind === 'public') requireScope(call.caller, 'channels:manage', 'channels:write.invites', 'channels:write')
    else requireScope(call.caller, 'groups:write', 'groups:write.invites', 'channels:write')
    if (isDirect(channel)) throw refused('method_not_supported_for_channel_type')
    const ids = [...new Set(call.args.list('users'))]
    if (ids.length === 0) throw refused('no_user')
    if (ids.length > MOST_INVITED) throw refused('too_many_users')
    if (channel.archived) throw refused('is_archived')
    requireMember(call, channel)
    const faults = ids.flatMap((id) => faultOf(call, channel, id) ?? [])
    if (faults.length > 0 && !(call.args.flag('force') && faults.length < ids.length))
      throw refused(faults[0]?.error ?? 'user_not_found', faults.length > 1 || ids.length > 1 ? { errors: faults } : {})
    for (const id of ids.filter((one) => !faults.some(({ user }) => user === one)))
      enter(call, channel, call.store.user(id), call.caller.user.id)
    return { channel: channelShape(channel, call.caller.user.id, UNCOUNTED), ...(faults.length > 0 ? { errors: faults } : {}) }
  }),
}

function needsToOpen({ args }: Pick<Call, 'args'>): string[] | undefined {
  if (args.has('channel')) return undefined
  return [args.list('users').length > 1 ? 'mpim:write' : 'im:write']
}

function needsToCreate({ args }: Pick<Call, 'args'>): string[] {
  return ['true', '1'].includes(args.text('is_private') ?? '') ? ['groups:write'] : scopesFor('public', 'manage')
}

function directNamed(call: Call): ChannelRow {
  const channel = conversation(call)
  if (!isDirect(channel)) throw refused('method_not_supported_for_channel_type')
  requireScope(call.caller, `${channel.kind}:write`)
  return channel
}

/** The response contains only the conversation's id, unless more is requested. */
function opened({ store, caller, args }: Call, channel: ChannelRow, made: boolean): object {
  const wasOpen = !made && channel.openFor.includes(caller.user.id)
  if (!channel.openFor.includes(caller.user.id)) channel.openFor.push(caller.user.id)
  const whole = args.flag('return_im')
  const shape = whole ? { ...channelShape(channel, caller.user.id), ...readMarks(store, channel) } : { id: channel.id }
  return { ...(wasOpen ? { no_op: true, already_open: true } : {}), channel: shape }
}

function invitee(call: Call, id: string): UserRow {
  const user = person(call, id)
  if (user.deleted) throw refused('user_disabled')
  if (isSlackbot(user)) throw refused('invalid_user_combination')
  return user
}

function enter(call: Call, channel: ChannelRow, user: UserRow, inviter?: string): void {
  channel.members.push(user.id)
  announce(call, channel, { userId: user.id, subtype: 'channel_join', text: `<@${user.id}> has joined the channel` })
  call.slack.events.joined(channel, user.id, inviter)
}

function checkedName(name: string | undefined): string {
  if (name === undefined) throw refused('invalid_name_required')
  if (name.length > LONGEST_NAME) throw refused('invalid_name_maxlength')
  if (!/[\p{Ll}\p{Lo}\p{N}]/u.test(name) && /^[-_.]+$/.test(name)) throw refused('invalid_name_punctuation')
  if (!/^[\p{Ll}\p{Lo}\p{N}_-]+$/u.test(name)) throw refused('invalid_name_specials')
  return name
}

function faultOf({ store, caller }: Call, channel: ChannelRow, id: string) {
  const fault = (error: string) => ({ user: id, ok: false, error })
  if (id === caller.user.id) return fault('cant_invite_self')
  const user = store.member(caller.team.id, id)
  if (!user || user.deleted || isSlackbot(user)) return fault('user_not_found')
  return channel.members.includes(id) ? fault('already_in_channel') : undefined
}
