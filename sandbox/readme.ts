import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { COMMON_ROUTES, type ControlRoute } from './kit/control'
import { sandboxes } from './sandboxes'

const README = join(__dirname, 'README.md')
const BEGIN = '<!-- control API: written by `npm run readme`, not by hand -->'
const END = '<!-- end of the control API -->'
/** An enumeration with more values is cut short. */
const LONGEST_LIST = 6

type Schema = z.core.JSONSchema.BaseSchema

/** The README with the tables of all control routes as the code declares them. */
export async function withControlRoutes(readme: string): Promise<string> {
  const tables = [table('All services', COMMON_ROUTES)]
  for (const [name, load] of Object.entries(sandboxes)) tables.push(table(name, (await load()).control))
  const [before, rest = ''] = readme.split(BEGIN)
  const [, after = ''] = rest.split(END)
  return `${before}${BEGIN}\n\n${tables.join('\n\n')}\n\n${END}${after}`
}

function table(title: string, routes: readonly ControlRoute<never>[]): string {
  const rows = routes.map(
    ({ method, path, description, input }) => `| \`${method} ${path}\` | ${description} | ${takes(path, input)} |`,
  )
  return [`### ${title}`, '', '| route | what it does | fields |', '| --- | --- | --- |', ...rows].join('\n')
}

function takes(path: string, input: z.ZodType): string {
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Schema
  if (!schema.properties) return 'see [Faults](#faults)'
  const isPlainParameter = (name: string): boolean =>
    path.split('/').includes(`:${name}`) && typeOf(schema.properties?.[name] as Schema) === 'string'
  return fieldsOf(schema)
    .filter(({ name }) => !isPlainParameter(name))
    .map(({ text }) => `\`${text}\``)
    .join(', ')
}

function fieldsOf({ properties = {}, required = [] }: Schema): { name: string; text: string }[] {
  return Object.entries(properties).map(([name, schema]) => {
    return { name, text: `${name}${required.includes(name) ? '' : '?'}: ${typeOf(schema as Schema)}` }
  })
}

function typeOf(schema: Schema): string {
  if (schema.enum) return oneOf(schema.enum.map((value) => `'${String(value)}'`))
  if (schema.anyOf) return oneOf(schema.anyOf.map((one) => typeOf(one as Schema)))
  if (schema.type === 'array') {
    const item = typeOf(schema.items as Schema)
    return item.includes(' or ') && !item.startsWith('{') ? `(${item})[]` : `${item}[]`
  }
  if (schema.type === 'object' && schema.properties)
    return `{ ${fieldsOf(schema)
      .map(({ text }) => text)
      .join(', ')} }`
  return schema.type === 'integer' ? 'number' : String(schema.type ?? 'anything')
}

function oneOf(values: readonly string[]): string {
  return values.length <= LONGEST_LIST ? values.join(' or ') : `${values.slice(0, 2).join(' or ')} or … (${values.length} values)`
}

if (require.main === module)
  withControlRoutes(readFileSync(README, 'utf8')).then(
    (text) => writeFileSync(README, text),
    (error: unknown) => {
      console.error(error)
      process.exitCode = 1
    },
  )
