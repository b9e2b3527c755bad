import type { Platform } from '../../chat/platform'
import { SymphonyChat } from './adapter'
import { capabilities } from './capabilities'

export const symphony: Platform = { title: 'Symphony', can: capabilities, open: (access) => SymphonyChat.of(access) }
