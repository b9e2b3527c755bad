import type { UserRow } from './model'
import { SLACKBOT } from './store'

type Shape = Record<string, unknown>

const COLORS = ['9f69e7', '4bbe2e', 'e7392d', '3c989f', '674b1b', 'e96699']

export interface Sight {
  /** The e-mail address is only shown to apps that may read it. */
  email?: boolean
  locale?: boolean
}

/** A person or bot as Slack describes one. */
export function userShape(user: UserRow, sight: Sight = {}): Shape {
  const { id, teamId, name, realName, deleted, isBot, isAdmin, isOwner, updated } = user
  return {
    id,
    team_id: teamId,
    name,
    deleted,
    color: COLORS[updated % COLORS.length],
    real_name: realName,
    tz: 'Etc/UTC',
    tz_label: 'UTC',
    tz_offset: 0,
    profile: profileShape(user, sight),
    is_admin: isAdmin,
    is_owner: isOwner,
    is_primary_owner: isOwner,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: isBot,
    is_app_user: false,
    is_email_confirmed: !isBot,
    updated,
    ...(sight.locale ? { locale: 'en-US' } : {}),
  }
}

export function profileShape(user: UserRow, sight: Sight = {}): Shape {
  const [first = '', ...rest] = user.realName.split(' ')
  return {
    title: user.title,
    phone: user.phone,
    skype: '',
    real_name: user.realName,
    real_name_normalized: user.realName,
    display_name: user.displayName,
    display_name_normalized: user.displayName,
    pronouns: user.pronouns,
    fields: Object.keys(user.fields).length > 0 ? user.fields : null,
    status_text: user.statusText,
    status_emoji: user.statusEmoji,
    status_expiration: user.statusExpiration,
    avatar_hash: avatarOf(user),
    ...images(user),
    first_name: first,
    last_name: rest.join(' '),
    team: user.teamId,
    ...(sight.email && user.email !== null ? { email: user.email } : {}),
    ...(user.botId !== null ? { api_app_id: user.appId, bot_id: user.botId } : {}),
    ...(user.isBot || user.id === SLACKBOT ? { always_active: user.alwaysActive } : {}),
  }
}

function avatarOf({ id }: UserRow): string {
  return Buffer.from(id).toString('hex').slice(0, 12)
}

function images(user: UserRow): Shape {
  const at = (size: number) => [`image_${size}`, `https://avatars.slack-edge.com/${avatarOf(user)}_${size}.png`]
  return Object.fromEntries([24, 32, 48, 72, 192, 512].map(at))
}
