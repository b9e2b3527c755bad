import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = join('features', 'connector')

/** The connectors of this project, each a folder below `features/connector`. */
export function connectorNames(): string[] {
  if (!existsSync(FOLDER)) return []
  const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return folders.map(({ name }) => name).sort()
}

/** The connector a feature file belongs to. */
export function connectorOf(feature: string): string {
  return /(?:^|[\\/])connector[\\/]([^\\/]+)[\\/]/.exec(feature)?.[1] ?? ''
}

export function folderOf(connector: string): string {
  return join(process.cwd(), FOLDER, connector)
}

/** `E2E_<NAME>_<FIELD>`: a field of the credentials of the connector's source. */
export function variableOf(connector: string, field: string): string {
  return `E2E_${inCapitals(connector)}_${field}`
}

/** `CONNECTOR_<NAME>_<OPTION>`: an option of the suite, which is not a field of any credentials. */
export function optionOf(connector: string, option: string): string {
  return `CONNECTOR_${inCapitals(connector)}_${option}`
}

function inCapitals(name: string): string {
  return name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')
}
