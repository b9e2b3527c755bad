import { markup } from '../markup'

/** Text that is already HTML; any other text is escaped when it is inserted into a template. */
export class Html {
  constructor(private readonly text: string) {}

  toString(): string {
    return this.text
  }
}

export type Content = Html | string | number | false | undefined | readonly Content[]

/** A template of HTML: html`<p>${text}</p>`. Lists are joined; `false` and `undefined` are omitted. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  return new Html(strings.reduce((text, string, at) => text + textOf(values[at - 1]) + string))
}

function textOf(content: Content): string {
  if (content === undefined || content === false) return ''
  if (content instanceof Html) return content.toString()
  if (typeof content === 'object') return content.map(textOf).join('')
  return markup(String(content))
}
