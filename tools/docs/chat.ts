import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Capability } from '../../support/chat/adapter'
import type { Platform } from '../../support/chat/platform'
import { services } from '../../support/services'
import { keepFresh } from './write'

/** Words of steps that only scenarios about a capability contain, and the title of the capability in the table. */
const CAPABILITIES: Readonly<Record<Capability, { title: string; shownBy: RegExp }>> = {
  messages: { title: 'Messages', shownBy: /\bsends "/ },
  formatting: { title: 'Formatting', shownBy: /with these parts:/ },
  reactions: { title: 'Reactions', shownBy: /\bAda reacts to "/ },
  threads: { title: 'Threads', shownBy: /\bin the thread "/ },
  replies: { title: 'Replies', shownBy: /\breplies to "/ },
  mentions: { title: 'Mentions', shownBy: /\bmentions (?:Ben|Cleo|Dan)\b/ },
  history: { title: 'History', shownBy: /\breads the last / },
  presence: { title: 'Presence', shownBy: /\bsets her presence to / },
  attachments: { title: 'Attachments', shownBy: /\bwith these files:/ },
  'direct messages': { title: 'Direct messages', shownBy: / directly$/m },
  'real-time': { title: 'Real-time', shownBy: /\breceives? "/ },
}

interface Scenario {
  path: string
  title: string
  text: string
}

/**
 * Writes `docs/chat.md`: the capabilities of bots on each chat platform, each with a scenario that shows it.
 * @param check reports whether it is stale, and writes nothing
 * @returns a sentence for each capability without a scenario, and for a stale file
 */
export async function writeChat(folder: string, check: boolean): Promise<string[]> {
  const here = services.flatMap(({ name, chat }) => (chat && existsSync(join(folder, 'features', name)) ? [{ name, chat }] : []))
  if (here.length === 0) return []
  const all = here.map(async ({ name, chat }) => ({ platform: await chat(), scenarios: scenariosOf(folder, name) }))
  const { text, faults } = table(await Promise.all(all))
  return [...faults, ...keepFresh(join(folder, 'docs/chat.md'), text, check)]
}

function table(all: readonly { platform: Platform; scenarios: Scenario[] }[]): { text: string; faults: string[] } {
  const faults: string[] = []
  const rows = Object.entries(CAPABILITIES).map(([capability, { title, shownBy }]) => {
    const cells = all.map(({ platform, scenarios }) => {
      const reason = platform.can[capability as Capability]
      const shown = scenarios.find(({ text }) => shownBy.test(text))
      faults.push(...faultOf(platform, title, reason === true, shown))
      return reason === true ? `✅ ${shown ? `[${shown.title}](../${shown.path})` : ''}` : `❌ ${reason}`
    })
    return `| ${[title, ...cells].join(' | ')} |`
  })
  const head = ['Feature', ...all.map(({ platform }) => platform.title)]
  const lines = [`| ${head.join(' | ')} |`, `| ${head.map(() => '---').join(' | ')} |`, ...rows]
  return { text: [...INTRODUCTION, ...lines, ''].join('\n'), faults }
}

const INTRODUCTION = [
  '# Chat platforms compared',
  '',
  'Written by `npm run docs` from the adapters’ `can` and the features; not to be edited by hand. Each mark names a scenario that shows it.',
  '',
]

function faultOf({ title }: Platform, capability: string, can: boolean, shown: Scenario | undefined): string[] {
  return can && !shown ? [`${title} has the capability ${capability.toLowerCase()}, but none of its scenarios shows it`] : []
}

function scenariosOf(folder: string, service: string): Scenario[] {
  return globSync(`features/${service}/*.feature`, { cwd: folder })
    .sort()
    .flatMap((path) => {
      const parts = readFileSync(join(folder, path), 'utf8').split(/^\s*Scenario(?: Outline)?:/m)
      return parts.slice(1).map((text) => ({ path, title: text.split('\n')[0]?.trim() ?? '', text }))
    })
}
