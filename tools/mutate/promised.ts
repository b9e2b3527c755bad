import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'

/** Names of all fields in the contract of a service, of any response. */
export async function contractNames(service: string): Promise<Set<string>> {
  const names = new Set<string>()
  for (const file of contractFiles(service)) {
    const exported = (await import(file)) as Record<string, unknown>
    for (const value of Object.values(exported)) collect(value, names, new Set())
  }
  return names
}

function contractFiles(service: string): string[] {
  const folder = resolve('support', 'services', service)
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(?:^|[\\/])contract(?:[\\/][^\\/]+)?\.ts$/.test(path))
    .map((path) => join(folder, path))
}

function collect(value: unknown, names: Set<string>, seen: Set<unknown>): void {
  const schema = typeof value === 'function' ? madeBy(value as (inner: z.ZodType) => unknown) : value
  if (!(schema instanceof z.ZodType) || seen.has(schema)) return
  seen.add(schema)
  if (schema instanceof z.ZodObject) {
    for (const [name, inner] of Object.entries(schema.shape)) {
      names.add(name)
      collect(inner, names, seen)
    }
  } else for (const inner of innerOf(schema)) collect(inner, names, seen)
}

/** A schema built from another one, such as a page of something. */
function madeBy(make: (inner: z.ZodType) => unknown): unknown {
  try {
    return make(z.unknown())
  } catch {
    return undefined
  }
}

function innerOf(schema: z.ZodType): unknown[] {
  if (schema instanceof z.ZodLazy) return [schema.def.getter()]
  const {
    element,
    innerType,
    valueType,
    options,
    left,
    right,
    in: input,
    out,
    items,
  } = schema.def as unknown as Record<string, unknown>
  return [
    element,
    innerType,
    valueType,
    left,
    right,
    input,
    out,
    ...[options, items].flatMap((list) => (Array.isArray(list) ? list : [])),
  ]
}

/** Names of fields in the tables of a service's features, where a row begins with a path such as `data.checks.0.passed`. */
export function tableNames(service: string): Set<string> {
  const features = globSync(join('features', service, '**', '*.feature'))
  const paths = features.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^\s*\|\s*([\w.]+)\s*\|/gm)].map(([, path = '']) => path),
  )
  return new Set(paths.flatMap((path) => path.split('.')))
}
