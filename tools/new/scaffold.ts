import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { UsageError } from '../../support/config/errors'

const TEMPLATES = resolve(__dirname, '..', 'templates', 'service')
const CATALOGUE = 'docs/catalogue.json'

export interface NewService {
  /** The name of the folder: lower-case letters and digits. */
  name: string
  /** The display name. */
  title: string
}

/**
 * Creates a service that runs: two scenarios, a sandbox, conformance tests and an undo table, to be replaced by the real ones.
 * @returns the paths created or changed
 * @throws UsageError before anything is written, if the name is invalid or taken
 */
export function scaffold(folder: string, { name, title }: NewService): string[] {
  if (!/^[a-z][a-z0-9]{2,29}$/.test(name))
    throw new UsageError(`"${name}" cannot be the name of a service: it must be 3 to 30 lower-case letters and digits.`)
  if (/['"`\\$\n]/.test(title))
    throw new UsageError(`${title} is no title: it has no quotation runId, backslash or dollar sign; ’ serves as an apostrophe.`)
  const words = {
    __name__: name,
    __Name__: capital(name),
    __NAME__: name.toUpperCase(),
    __title__: title,
    __PREFIX__: prefix(folder, name),
  }
  const fill = (text: string): string =>
    Object.entries(words).reduce((filled, [word, value]) => filled.replaceAll(word, value), text)
  const files = globSync('**/*.tpl', { cwd: TEMPLATES }).map((path) => ({ from: path, to: fill(path.replace(/\.tpl$/, '')) }))
  const taken = files.find(({ to }) => existsSync(join(folder, to)))
  if (taken) throw new UsageError(`${taken.to} already exists: nothing was written.`)
  const changed = listed(folder, words)
  for (const { from, to } of files) write(join(folder, to), fill(readFileSync(join(TEMPLATES, from), 'utf8')))
  for (const [path, text] of changed) write(join(folder, path), text)
  return [...files.map(({ to }) => to), ...changed.map(([path]) => path)]
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** Three capitals with which no other service's ids begin. */
function prefix(folder: string, name: string): string {
  const catalogue = readFileSync(join(folder, CATALOGUE), 'utf8')
  const letters = [...name.toUpperCase().replaceAll(/\d/g, ''), 'X', 'Y', 'Z']
  for (const second of letters.keys())
    for (const third of letters.keys()) {
      const candidate = `${letters[0]}${letters[second]}${letters[third]}`
      if (0 < second && second < third && !catalogue.includes(`"${candidate}-`)) return candidate
    }
  throw new UsageError(`Every prefix of three letters of "${name}" is taken by another service’s ids: choose another name.`)
}

type Words = Record<'__name__' | '__Name__' | '__PREFIX__', string>

/** The three lists that name every service, with one more line. */
function listed(folder: string, { __name__: name, __Name__: className, __PREFIX__: ids }: Words): [path: string, text: string][] {
  const edit = (path: string, pattern: RegExp, by: string): [string, string] => {
    const text = readFileSync(join(folder, path), 'utf8')
    if (!pattern.test(text)) throw new UsageError(`${path} does not look as expected: nothing was written.`)
    return [path, text.replace(pattern, by)]
  }
  const places = [
    [`A new ${name} thing can be read by others`],
    [`A ${name} thing cannot be removed by others`],
    'conformance',
    'conformance',
  ]
  const rows = places.map((place, at) => [`${ids}-00${at + 1}`, { says: SAYS[at], place }])
  const catalogue = JSON.parse(readFileSync(join(folder, CATALOGUE), 'utf8')) as object
  const [path, text] = edit('support/services.ts', /(export const services:[^[]*\[[^\]]*\] = \[[^\]]*)\]/, `$1, ${name}]`)
  return [
    [path, text.replace('\n\n', `\nimport { ${name} } from './services/${name}/service'\n\n`)],
    edit(
      'sandbox/sandboxes.ts',
      /\n\}\n$/,
      `\n  ${name}: async () => (await import('./${name}/server')).start${className},\n}\n`,
    ),
    [CATALOGUE, `${JSON.stringify({ ...catalogue, [name]: Object.fromEntries(rows) }, null, 2)}\n`],
  ]
}

const SAYS = [
  'A thing is read back as it was created.',
  'Only its owner can remove a thing.',
  'Without a token nothing is returned.',
  'A thing that does not exist is not found.',
]
