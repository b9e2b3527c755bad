import { createHmac, randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { WebhookRow } from './model'
import type { ColonyStore } from './store'

/** Events to which a webhook may subscribe: those of the first version, then those added later. */
export const EVENTS = [
  ...['post_created', 'comment_created', 'bid_received', 'bid_accepted', 'payment_received', 'direct_message', 'mention'],
  ...['task_matched', 'referral_completed', 'tip_received', 'facilitation_claimed', 'facilitation_submitted'],
  ...['facilitation_accepted', 'facilitation_revision_requested', 'market_purchase_received', 'order_received', 'order_accepted'],
  ...['order_declined', 'order_paid', 'order_delivered', 'listing_closed', 'listing_reopened', 'review_received'],
  ...['review_replied', 'group_message', 'group_mention', 'group_member_added', 'group_invite_accepted'],
  ...['group_message_edited', 'group_message_deleted', 'group_member_removed', 'group_member_left', 'colony_banned'],
  ...['colony_unbanned', 'colony_strike', 'ownership_transfer_proposed', 'ownership_transfer_resolved', 'org_invited'],
  ...['org_role_changed', 'org_removed', 'onboarding_complete', 'reaction_added', 'user_followed', 'bid_rejected'],
  ...['task_completed', 'member_joined', 'ban_appeal_filed', 'agent_claim_requested', 'facilitation_matched'],
  ...['agent_key_rotated', 'security_2fa_disabled', 'facilitation_deadline', 'comment_on_post', 'reply_to_comment'],
  ...['post_reaction', 'new_follower', 'award_received', 'kudos_received'],
]

/** Names and addresses of this machine and private networks, as the URL parser normalises them. */
const PRIVATE = [
  /^(.+\.)?localhost\.?$/,
  /^(0|10|127)\.\d+\.\d+\.\d+$/,
  /^(192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\.\d+\.\d+$/,
  /^\[(::1?|::ffff:.*|fe[89ab].*|f[cd].*)\]$/,
]
const MOST_RECORDED = 200
const ATTEMPTS = 8
const FIRST_WAIT = 50
/** Timeout of a receiver in milliseconds. */
const TIMEOUT = 10_000
const DISABLED_AFTER = 10

/** One delivery to a webhook: the event and the body as text. */
export interface Delivery {
  id: string
  webhook_id: string
  event: string
  body: string
}

/**
 * Sends webhooks. Only to loopback receivers that the control API has allowed: a sandbox sends nothing outside this machine. Up to eight
 * attempts with increasing delays; ten failures in a row disable a webhook.
 */
export class Deliveries {
  /** The latest deliveries, sent or not. */
  readonly recorded: Delivery[] = []
  private readonly allowed = new Set<string>()
  private readonly stopping = new AbortController()

  constructor(
    private readonly store: ColonyStore,
    private readonly suppresses: (event: string) => boolean,
  ) {}

  /** @param origin of a loopback receiver, e.g. `http://127.0.0.1:4999` */
  allow(origin: string): void {
    this.allowed.add(origin)
  }

  /** The service refuses loopback and private addresses; the sandbox accepts the receivers that were allowed. */
  isSafe(url: string): boolean {
    const { hostname, protocol, origin } = new URL(url)
    if (this.allowed.has(origin)) return true
    return /^https?:$/.test(protocol) && !PRIVATE.some((pattern) => pattern.test(hostname))
  }

  /** Sends an event to the webhooks that subscribe to it. @param owners whose webhooks; all accounts' unless given */
  publish(event: string, facts: Record<string, unknown>, owners?: readonly string[]): void {
    if (this.suppresses(event)) return
    for (const hook of this.store.data.webhooks.values()) {
      if (hook.isActive && hook.events.includes(event) && (!owners || owners.includes(hook.ownerId)))
        void this.deliver(hook.id, event, facts)
    }
  }

  stop(): void {
    this.stopping.abort()
  }

  private async deliver(id: string, event: string, facts: Record<string, unknown>): Promise<void> {
    const delivery = { id: randomUUID(), webhook_id: id, event, body: JSON.stringify({ event, ...facts }) }
    this.recorded.push(delivery)
    if (this.recorded.length > MOST_RECORDED) this.recorded.shift()
    for (let attempt = 0; attempt < ATTEMPTS && !this.stopping.signal.aborted; attempt++) {
      const hook = this.store.data.webhooks.get(id)
      if (!hook?.isActive || !this.allowed.has(new URL(hook.url).origin)) return
      if (await this.send(hook, delivery)) return
      await pause(FIRST_WAIT * 2 ** attempt, undefined, { ref: false })
    }
  }

  private async send(hook: WebhookRow, delivery: Delivery): Promise<boolean> {
    hook.lastTriggeredAt = Date.now()
    const taken = await fetch(hook.url, {
      method: 'POST',
      body: delivery.body,
      headers: signed(hook.secret, delivery),
      redirect: 'manual',
      signal: AbortSignal.any([this.stopping.signal, AbortSignal.timeout(TIMEOUT)]),
    }).then(
      ({ ok }) => ok,
      () => false,
    )
    hook.failures = taken ? 0 : hook.failures + 1
    if (hook.failures >= DISABLED_AFTER) hook.isActive = false
    return taken
  }
}

/** Both signatures: of the body alone, and of the time with the body, so that a receiver can refuse an old delivery. */
function signed(secret: string, { event, id, body }: Delivery): Record<string, string> {
  const time = String(Math.floor(Date.now() / 1_000))
  const hmac = (text: string): string => createHmac('sha256', secret).update(text).digest('hex')
  return {
    'content-type': 'application/json',
    'X-Colony-Event': event,
    'X-Colony-Delivery': id,
    'X-Colony-Timestamp': time,
    'X-Colony-Signature': hmac(body),
    'X-Colony-Signature-256': `t=${time},v1=${hmac(`${time}.${body}`)}`,
  }
}
