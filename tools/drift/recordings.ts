import { globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { errorText, UsageError } from '../../support/config/errors'
import type { OperationShape, Recording } from '../../support/http/shapes'

const list = z.array(z.string())
const operation = z.object({ statuses: list, headers: list, fields: z.record(z.string(), list), codes: list })
const recording = z.object({ service: z.string(), target: z.string(), operations: z.record(z.string(), operation) })

/** One run's recording of a service, and the run's folder. */
export interface Found extends Recording {
  folder: string
}

/**
 * The recording of a service in a run's folder, merged from all its threads.
 * @throws UsageError if there is none, or a file is not a recording
 */
export function recordingIn(folder: string, service: string): Found {
  const files = globSync(join(folder, 'shapes', `${service}-*.json`)).sort()
  if (files.length === 0)
    throw new UsageError(`${folder} has no recording of ${service}: run it with ACCEPTANCE_RECORD_SHAPES=1.`)
  const parts = files.map(read)
  const operations: Record<string, OperationShape> = {}
  for (const part of parts)
    for (const [name, shape] of Object.entries(part.operations)) operations[name] = joined(operations[name], shape)
  return { service, target: parts[0]?.target ?? '', operations, folder }
}

/** Folders of the runs that recorded the service, newest first. */
export function recordedRuns(reports: string, service: string): string[] {
  const folders = new Set(globSync(join(reports, '*', 'shapes', `${service}-*.json`)).map((path) => dirname(dirname(path))))
  return [...folders].sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs)
}

function read(path: string): Recording {
  try {
    return recording.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    throw new UsageError(`${path} is not a recording of shapes: ${errorText(error)}`)
  }
}

function joined(one: OperationShape | undefined, other: OperationShape): OperationShape {
  if (!one) return other
  const both = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])].sort()
  const paths = both(Object.keys(one.fields), Object.keys(other.fields))
  return {
    statuses: both(one.statuses, other.statuses),
    headers: both(one.headers, other.headers),
    codes: both(one.codes, other.codes),
    fields: Object.fromEntries(paths.map((path) => [path, both(one.fields[path] ?? [], other.fields[path] ?? [])])),
  }
}
