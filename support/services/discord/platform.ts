import type { Platform } from '../../chat/platform'
import { DiscordChat } from './adapter'
import { capabilities } from './capabilities'

export const discord: Platform = { title: 'Discord', can: capabilities, open: (access) => DiscordChat.of(access) }
