declare module 'proxy-from-env' {
  /** The proxy for this URL from the environment, with a scheme; an empty text for none. */
  export function getProxyForUrl(url: string): string
}
