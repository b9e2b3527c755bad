import { defineParameterType } from '@cucumber/cucumber'

/** Credentials by the words of a feature: see tasks/credentials.ts. */
defineParameterType({
  name: 'proof',
  regexp:
    /the configured credentials|(?:an? )(?:expired |unknown |unregistered |untrusted )?(?:key|username|token|certificate)(?: in a file| without the entitlement)?/,
  transformer: (words: string) => words,
  useForSnippets: false,
})

/** A room to be created; the name is that of another room of the scenario, or one of the room's own. */
export interface RoomRequest {
  kind: 'new' | 'same name' | 'name too long' | 'public with hidden history'
  name: string
}

defineParameterType({
  name: 'roomRequest',
  regexp:
    /the room "([^"]*)"|a second room with the name "([^"]*)"|(a room with a name over the maximum length)|a public room with hidden history/,
  transformer: (name?: string, other?: string, isTooLong?: string): RoomRequest => {
    if (name !== undefined) return { kind: 'new', name }
    if (other !== undefined) return { kind: 'same name', name: other }
    return { kind: isTooLong ? 'name too long' : 'public with hidden history', name: '' }
  },
})

export type RoomState = 'active' | 'deactivated'

defineParameterType({
  name: 'roomState',
  regexp: /active, found by its name, and owned by Ada|deactivated/,
  transformer: (words: string): RoomState => (words === 'deactivated' ? 'deactivated' : 'active'),
})

export type Excess = 'length' | 'mentions'

defineParameterType({
  name: 'excess',
  regexp: /over the maximum length|with too many mentions of Ben/,
  transformer: (words: string): Excess => (words === 'over the maximum length' ? 'length' : 'mentions'),
})

defineParameterType({
  name: 'entitlement',
  regexp: /create rooms|edit messages|set her presence|use the agent/,
  transformer: (words: string) => words,
})

/** What the pod does to a bot, by the words of a feature. */
export type PodEvent =
  | 'message blocked'
  | 'message rate-limited'
  | 'session expired'
  | 'datafeed read cut off'
  | 'datafeed deleted'

const POD_EVENTS: Readonly<Record<string, PodEvent>> = {
  "blocks Ada's next message": 'message blocked',
  "rate-limits Ada's next message": 'message rate-limited',
  "has ended Ada's session": 'session expired',
  "cuts off Ada's next datafeed read": 'datafeed read cut off',
  "has deleted Ada's datafeed": 'datafeed deleted',
}

defineParameterType({
  name: 'podEvent',
  regexp:
    /blocks Ada's next message|rate-limits Ada's next message|has ended Ada's session|cuts off Ada's next datafeed read|has deleted Ada's datafeed/,
  transformer: (words: string) => POD_EVENTS[words],
})
