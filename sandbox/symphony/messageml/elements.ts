/** Allowed content of an element. `flow`: anything; `phrasing`: text and inline elements; `nothing`: neither text nor elements. */
type Holds = 'flow' | 'phrasing' | 'nothing' | 'text' | readonly string[]

export interface ElementRule {
  holds: Holds
  attributes: readonly string[]
  required?: readonly string[]
  /** Only inside one of these. */
  within?: readonly string[]
  /** Only in PresentationML: MessageML has another element for it. */
  presentation?: true
  /** Only in MessageML: PresentationML has another element for it. */
  shorthand?: true
}

/** Allowed on every element of PresentationML. */
export const COMMON = ['class', 'style']

export const PHRASING = new Set(['a', 'chime', 'b', 'i', 'img', 'br', 'span', 'emoji', 'hash', 'cash', 'mention', 'sub', 'sup'])

const rule = (holds: Holds, attributes: readonly string[] = [], more: Partial<ElementRule> = {}): ElementRule => ({
  holds,
  attributes,
  ...more,
})

const FIELD = ['name', 'required', 'placeholder', 'label', 'title', 'id']
const IN_FORM = { within: ['form'], required: ['name'] }

const text: Record<string, ElementRule> = {
  p: rule('flow'),
  br: rule('nothing'),
  hr: rule('nothing'),
  b: rule('phrasing'),
  i: rule('phrasing'),
  sub: rule('phrasing'),
  sup: rule('phrasing'),
  pre: rule('phrasing'),
  code: rule('phrasing', ['language', 'data-language']),
  span: rule('flow', ['data-entity-id']),
  div: rule('flow', ['data-entity-id', 'data-format', 'data-version', 'data-icon-src', 'data-accent-color']),
  a: rule('phrasing', ['href'], { required: ['href'] }),
  img: rule('nothing', ['src', 'alt', 'title'], { required: ['src'] }),
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => [`h${level}`, rule('phrasing')])),
}

const structure: Record<string, ElementRule> = {
  ul: rule(['li']),
  ol: rule(['li']),
  li: rule('flow', [], { within: ['ul', 'ol'] }),
  table: rule(['thead', 'tbody', 'tfoot']),
  thead: rule(['tr'], [], { within: ['table'] }),
  tbody: rule(['tr'], [], { within: ['table'] }),
  tfoot: rule(['tr'], [], { within: ['table'] }),
  tr: rule(['th', 'td'], [], { within: ['thead', 'tbody', 'tfoot'] }),
  th: rule('flow', ['colspan', 'rowspan'], { within: ['tr'] }),
  td: rule('flow', ['colspan', 'rowspan'], { within: ['tr'] }),
  card: rule(['header', 'body'], ['iconSrc', 'accent'], { shorthand: true }),
  'expandable-card': rule(['header', 'body'], ['state'], { shorthand: true }),
  header: rule('flow', [], { within: ['card', 'expandable-card'], shorthand: true }),
  body: rule('flow', ['variant'], { within: ['card', 'expandable-card'], shorthand: true }),
}

const tags: Record<string, ElementRule> = {
  mention: rule('nothing', ['uid', 'email', 'strict'], { shorthand: true }),
  hash: rule('nothing', ['tag'], { required: ['tag'], shorthand: true }),
  cash: rule('nothing', ['tag'], { required: ['tag'], shorthand: true }),
  audio: rule('nothing', ['src', 'autoplay'], { required: ['src'], presentation: true }),
  chime: rule('nothing', [], { shorthand: true }),
  emoji: rule('text', ['shortcode'], { required: ['shortcode'], shorthand: true }),
  tag: rule('flow', ['id'], { shorthand: true }),
}

const interactive: Record<string, ElementRule> = {
  form: rule('flow', ['id', 'multi-submit'], { required: ['id'] }),
  'ui-action': rule('flow', ['trigger', 'action', 'target-id', 'user-ids', 'side-by-side', 'tooltip'], { required: ['action'] }),
  button: rule('text', ['name', 'type', 'id', 'formnovalidate', 'icon'], { within: ['form', 'ui-action'] }),
  'text-field': rule('text', [...FIELD, 'minlength', 'maxlength', 'masked', 'pattern', 'pattern-error-message'], IN_FORM),
  textarea: rule('text', [...FIELD, 'minlength', 'maxlength', 'pattern', 'pattern-error-message'], IN_FORM),
  checkbox: rule('phrasing', ['name', 'value', 'checked', 'id', 'readonly'], IN_FORM),
  radio: rule('phrasing', ['name', 'value', 'checked', 'id', 'readonly'], IN_FORM),
  select: rule(['option'], [...FIELD, 'data-placeholder', 'multiple', 'min', 'max', 'auto-submit'], IN_FORM),
  option: rule('text', ['value', 'selected'], { within: ['select'], required: ['value'] }),
  'person-selector': rule('nothing', [...FIELD, 'value'], IN_FORM),
  'room-selector': rule('nothing', [...FIELD, 'value'], IN_FORM),
  'date-picker': rule('nothing', [...FIELD, 'value', 'min', 'max', 'disabled-date', 'highlighted-date', 'format'], IN_FORM),
  'time-picker': rule('nothing', [...FIELD, 'value', 'min', 'max', 'step', 'format', 'strict', 'disabled-time'], IN_FORM),
}

/** All elements of MessageML by name. */
export const ELEMENTS: Readonly<Record<string, ElementRule>> = { ...text, ...structure, ...tags, ...interactive }
