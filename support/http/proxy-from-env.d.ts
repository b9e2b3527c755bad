declare module 'proxy-from-env' {
  /** The proxy for this URL as the environment has it, with a scheme; an empty text for none. */
  export function getProxyForUrl(url: string): string
}
