import { z } from 'zod'
import { person } from '../access'
import { type Call, type Methods, method } from '../context'
import { canonicalName } from '../emoji'
import { invalidArguments, refused } from '../errors'
import type { UserRow } from '../model'
import { profileShape } from '../shapes-user'

const LONGEST_STATUS = 100
const LONGEST_NAME = 80
const MOST_FIELDS = 50
const PER_PROFILE = 10
const PROFILES = 30
const RESERVED = new Set(['slackbot', 'here', 'channel', 'everyone', 'admin', 'slack'])
const TEXTS: Readonly<Record<string, keyof UserRow>> = {
  real_name: 'realName',
  display_name: 'displayName',
  title: 'title',
  phone: 'phone',
  pronouns: 'pronouns',
  status_text: 'statusText',
  status_emoji: 'statusEmoji',
}

type Changes = Record<string, unknown>

export const profileMethods: Methods = {
  'users.profile.get': method({ tier: 'T4', scopes: ['users.profile:read'] }, (call) => {
    const user = call.args.has('user') ? person(call, call.args.need('user')) : call.caller.user
    const profile = profileShape(user, { email: call.caller.token.scopes.includes('users:read.email') })
    if (!call.args.flag('include_labels')) return { profile }
    const labelled = Object.entries(user.fields).map(([id, field]) => [id, { ...field, label: id }])
    return { profile: { ...profile, fields: Object.fromEntries(labelled) } }
  }),
  'users.profile.set': method({ tier: 'T3', scopes: ['users.profile:write'], tokens: ['user'], writes: true }, (call) => {
    const { caller, slack } = call
    const user = whose(call)
    slack.limits.within(`profile ${user.id}`, PER_PROFILE)
    slack.limits.within(`profiles of ${caller.token.token}`, PROFILES)
    const changes = changesIn(call)
    check(call, user, changes)
    const statusBefore = `${user.statusText} ${user.statusEmoji}`
    apply(user, changes)
    user.updated = call.store.now()
    slack.events.userChanged(user, statusBefore !== `${user.statusText} ${user.statusEmoji}`)
    return {
      username: user.name,
      profile: profileShape(user, { email: true }),
      ...(changes.email === undefined ? {} : { email_pending: changes.email }),
    }
  }),
}

/** The caller's own profile, or for admins of the workspace another user's. */
function whose(call: Call): UserRow {
  const { caller, args } = call
  if (!args.has('user')) return caller.user
  const user = person(call, args.need('user'))
  if (user.id === caller.user.id) return user
  if (!caller.user.isAdmin && !caller.user.isOwner) throw refused('not_admin')
  if (user.isBot) throw refused('not_app_admin')
  if (user.isAdmin || user.isOwner) throw refused('cannot_update_admin_user')
  return user
}

function changesIn({ args }: Call): Changes {
  if (args.has('name')) return { [args.need('name')]: args.text('value') ?? '' }
  const value = args.json('profile', () => refused('invalid_profile'))
  if (value === undefined) throw invalidArguments('missing required field: profile')
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refused('invalid_profile')
  return value as Changes
}

const text = z.string().optional()

/** Custom fields are an object of texts or of objects with a value, at most fifty. */
const profile = z.looseObject({
  ...Object.fromEntries([...Object.keys(TEXTS), 'first_name', 'last_name'].map((field) => [field, text])),
  status_expiration: z
    .unknown()
    .refine((value) => /^\d+$/.test(String(value)))
    .optional(),
  fields: z
    .record(z.string(), z.union([z.string(), z.looseObject({})]))
    .refine((fields) => Object.keys(fields).length <= MOST_FIELDS)
    .optional(),
})

function check(call: Call, user: UserRow, changes: Changes): void {
  if (!profile.safeParse(changes).success) throw refused('invalid_profile')
  const { status_text = user.statusText, status_emoji = user.statusEmoji, display_name = '', real_name = '' } = changes
  if (String(status_text).length > LONGEST_STATUS) throw refused('too_long')
  if ([display_name, real_name].some((name) => String(name).length > LONGEST_NAME)) throw refused('too_long')
  if (RESERVED.has(String(changes.display_name ?? real_name).toLowerCase())) throw refused('reserved_name')
  checkStatus(call, changes, { text: String(status_text), emoji: String(status_emoji) })
}

function checkStatus({ store, caller }: Call, changes: Changes, { text, emoji }: { text: string; emoji: string }): void {
  const clearsOne = (changes.status_text === '' && emoji !== '') || (changes.status_emoji === '' && text !== '')
  if (clearsOne) throw refused('must_clear_both_status_text_and_status_emoji')
  const name = /^:(.+):$/.exec(emoji)?.[1]
  if (emoji !== '' && (name === undefined || canonicalName(name, store.data.emoji.get(caller.team.id)) === undefined))
    throw refused('profile_set_failed')
}

function apply(user: UserRow, changes: Changes): void {
  for (const [field, key] of Object.entries(TEXTS))
    if (changes[field] !== undefined) Object.assign(user, { [key]: changes[field] })
  if (changes.first_name !== undefined || changes.last_name !== undefined) {
    const [first = '', ...rest] = user.realName.split(' ')
    user.realName = `${changes.first_name ?? first} ${changes.last_name ?? rest.join(' ')}`.trim()
  }
  if (changes.status_expiration !== undefined) user.statusExpiration = Number(changes.status_expiration)
  if (user.statusText !== '' && user.statusEmoji === '') user.statusEmoji = ':speech_balloon:'
  Object.assign(user.fields, fieldsIn(changes))
}

function fieldsIn({ fields }: Changes): UserRow['fields'] {
  return Object.fromEntries(
    Object.entries((fields ?? {}) as Record<string, { value?: unknown; alt?: unknown } | string>).map(([id, field]) => {
      const { value, alt } = typeof field === 'string' ? { value: field, alt: '' } : field
      return [id, { value: String(value ?? ''), alt: String(alt ?? '') }]
    }),
  )
}
