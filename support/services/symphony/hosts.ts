/** Where a pod's services are; each has a path of its own below these. */
export interface Hosts {
  pod: string
  agent: string
  /** Client certificates show up here for the session. */
  sessionAuth: string
  keyManager: string
}

const HOST = /^(?:https?:\/\/)?[^\s/:]+(?::\d{1,5})?\/?$/

/** Whether it is a host, host and port, or the base URL of one. */
export function isHost(value: string): boolean {
  return HOST.test(value)
}

/** A base URL without a trailing slash; https unless the value says otherwise. */
export function baseUrl(host: string): string {
  return (/^https?:\/\//.test(host) ? host : `https://${host}`).replace(/\/+$/, '')
}

/** Everything is on the pod's host, unless a variable says otherwise; the key manager goes with session authentication. */
export function hostsFrom(setting: (name: string) => string | undefined, pod: string): Hosts {
  const at = (name: string, fallback: string): string => {
    const value = setting(name)
    return value ? baseUrl(value) : fallback
  }
  const own = baseUrl(pod)
  const sessionAuth = at('SYMPHONY_SESSION_AUTH_HOST', own)
  return {
    pod: own,
    agent: at('SYMPHONY_AGENT_HOST', own),
    sessionAuth,
    keyManager: at('SYMPHONY_KEY_MANAGER_HOST', sessionAuth),
  }
}
