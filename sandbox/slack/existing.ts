import type { SlackStore } from './store'

interface Existing {
  kind: string
  id: string
  name: string
}

/** Everything there is whose text or name holds a run's mark, so that a test can see what it left behind. */
export function existing(store: SlackStore, mark: string): Existing[] {
  const { messages, channels, files, users } = store.data
  return [
    ...[...messages.values()].flat().flatMap(({ ts, text, channelId }) => entry('message', `${channelId}:${ts}`, text)),
    ...[...channels.values()].flatMap(({ id, name, archived }) => (archived ? [] : entry('channel', id, name))),
    ...[...files.values()].flatMap(({ id, name, title, deleted }) => (deleted ? [] : entry('file', id, `${name} ${title}`))),
    ...[...users.values()].flatMap(({ id, statusText }) => entry('status', id, statusText)),
  ]

  function entry(kind: string, id: string, name: string): Existing[] {
    return name.includes(mark) ? [{ kind, id, name }] : []
  }
}
