import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'

const record = z.looseObject({
  typeName: z.string(),
  attributes: z.record(z.string(), z.unknown()),
  customAttributes: z.record(z.string(), z.unknown()).nullish(),
})
/** One record that a run writes. */
export type CatalogRecord = z.infer<typeof record>

const baseline = z.record(
  z.string(),
  z.array(
    z.looseObject({
      attributes: z.record(z.string(), z.unknown()),
      customAttributes: z.record(z.string(), z.unknown()).nullish(),
    }),
  ),
)
/** Expected records of a run, by type. */
export type Baseline = z.infer<typeof baseline>

/**
 * The transformed records of a run: the lines of every JSON file, in order.
 * @param store root folder of the app's object store
 * @param prefix of the records, from the result of the run
 * @throws where the run has left no folder or an empty one
 */
export function readRecords(store: string, prefix: string): CatalogRecord[] {
  const folder = join(store, prefix)
  if (!existsSync(folder)) throw new Error(`The run left no output: there is no ${folder}.`)
  const files = globSync('**/*.json', { cwd: folder }).sort()
  const records = files.flatMap((file) => linesOf(join(folder, file)).map((line) => record.parse(JSON.parse(line))))
  if (records.length === 0) throw new Error(`No metadata records found in ${folder}.`)
  return records
}

function linesOf(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
}

/**
 * @param names replace `{name}` anywhere in the file, because names differ between sources
 * @throws where the file does not exist, or is not an object of lists
 */
export function readBaseline(path: string, names: Readonly<Record<string, string>> = {}): Baseline {
  if (!existsSync(path)) throw new Error(`There is no baseline ${path}.`)
  const text = Object.entries(names).reduce(
    (all, [name, value]) => all.replaceAll(`{${name}}`, value),
    readFileSync(path, 'utf8'),
  )
  const read = baseline.safeParse(JSON.parse(text))
  if (!read.success) throw new Error(`The baseline ${basename(path)} must be a JSON object of lists of records, by type.`)
  return read.data
}
