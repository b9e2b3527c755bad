import type { Call, Reply, WireEvent } from './wire'

/** How often an event is forwarded, and when. */
export interface Delivery {
  copies: number
  /** Milliseconds. */
  delay: number
}

/** Receives all traffic of the proxies, and may change it in place. */
export interface Handler {
  /** @returns whether the request was changed, and the response where the call must not reach the service */
  call(call: Call): { isChanged: boolean; reply?: Reply | undefined }
  /** @returns whether the response was changed */
  reply(call: Call, reply: Reply): boolean
  /** @returns whether the event was changed, and how it is delivered */
  event(event: WireEvent): { isChanged: boolean; delivery: Delivery }
  /** Responses of the control API, which no mutation changes. */
  control(path: string, tree: unknown): void
}
