import type { Call } from './http'

/** A command line that repeats the call; the credential stands as `$TOKEN`, to be filled in by whoever runs it. */
export function curlOf(call: Call, url: string, body: string): string {
  const parts = ['curl', '-X', call.method, quoted(url)]
  if (!call.anonymous) parts.push('-H', '"Authorization: Bearer $TOKEN"')
  if (body) parts.push('-H', quoted('Content-Type: application/json'), '-d', quoted(body))
  return parts.join(' ')
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
