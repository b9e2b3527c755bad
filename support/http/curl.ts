export interface Request {
  method: string
  url: string
  /** Of the body; JSON unless given. */
  contentType?: string | undefined
  /** As text that may be shown. */
  body: string
  /** Headers with credentials; their values are not shown. */
  credentials: Readonly<Record<string, string>>
}

/** A command line that repeats the call; every credential is a variable that the user sets. */
export function curlOf({ method, url, contentType = 'application/json', body, credentials }: Request): string {
  const parts = ['curl', '-X', method, quoted(url)]
  for (const [name, value] of Object.entries(credentials)) parts.push('-H', `"${name}: ${placeholder(name, value)}"`)
  if (body) parts.push('-H', quoted(`Content-Type: ${contentType}`), '-d', quoted(body))
  return parts.join(' ')
}

/** `Bearer $TOKEN` where there is a scheme, else a variable named after the header: `sessionToken: $SESSION_TOKEN`. */
function placeholder(name: string, value: string): string {
  const [scheme] = /^\w+(?= )/.exec(value) ?? []
  return scheme ? `${scheme} $TOKEN` : `$${name.replace(/(?<=[a-z])(?=[A-Z])|-/g, '_').toUpperCase()}`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
