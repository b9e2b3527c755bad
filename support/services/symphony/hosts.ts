/** The base addresses of a pod's services; each has a path of its own. */
export interface Hosts {
  pod: string
  agent: string
  /** For client certificates of session authentication. */
  sessionAuth: string
  keyManager: string
}

const HOST = /^(?:https?:\/\/)?[^\s/:]+(?::\d{1,5})?\/?$/

/** Whether it is a host, host and port, or a base URL. */
export function isHost(value: string): boolean {
  return HOST.test(value)
}

/** A base URL without a trailing slash; https unless the value contains a scheme. */
export function baseUrl(host: string): string {
  return (/^https?:\/\//.test(host) ? host : `https://${host}`).replace(/\/+$/, '')
}

/**
 * All services are on the pod's host, unless a variable is set; the key manager is by default on the host of session
 * authentication.
 */
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
