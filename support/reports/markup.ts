/** Any text as the content or attribute of an HTML or XML element. */
export function markup(text: string): string {
  return /[&<>"']/.test(text) ? escaped(text) : text
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
