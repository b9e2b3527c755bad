import type { ConnectorApp } from '../service/app'
import { type Body, isObject } from '../service/credentials'
import { defaultEntrypoint } from '../service/dispatch'
import { detail } from '../service/errors'
import { envelope } from '../service/http'

const TEMPLATES = /^(atlan|csa)-connectors-/

/** Names of the generated forms, each once, without manifests. */
export function configMapNames(app: ConnectorApp): string[] {
  const names = Object.keys(app.generated ?? {})
    .filter((path) => path.endsWith('.json'))
    .map(nameOf)
    .filter((name) => name !== 'manifest' && name !== 'input_contract')
  return [...new Set(names)].sort()
}

const IDENTITY = 'atlan-build-identity'

/** @throws Refusal 404 where neither the name nor the default entrypoint has a form */
export function configMapOf(app: ConnectorApp, id: string, isNew = true): Body {
  // Reserved since 3.52: no form of that name is served.
  if (id === IDENTITY && isNew) {
    const identity = { build_id: app.buildId ?? '', app_name: app.name }
    return mapOf(id, { config: JSON.stringify(identity), ...identity }, 'Build identity')
  }
  const files = Object.entries(app.generated ?? {})
  const exact = files.find(([path]) => path.endsWith('.json') && nameOf(path) === id)
  const [, form] = exact ?? fallback(app, files) ?? []
  if (form === undefined) throw detail(404, `ConfigMap '${id}' not found`)
  const { config = form, defaultConnectorType: type = null } = isObject(form) ? form : {}
  const data = { config: JSON.stringify(config), ...(type === null ? {} : { defaultConnectorType: type }) }
  return mapOf(id, data, 'ConfigMap')
}

function mapOf(name: string, data: Body, noun: string): Body {
  return envelope(true, { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name }, data }, `${noun} fetched successfully`)
}

/** The default entrypoint's form: the one in its folder before the flat one; manifests and credential templates are not forms. */
function fallback(app: ConnectorApp, files: readonly [string, unknown][]): [string, unknown] | undefined {
  const name = defaultEntrypoint(app.entrypoints)?.name
  if (name === undefined) return undefined
  const forms = files.filter(([path]) => {
    const file = nameOf(path)
    return path.endsWith('.json') && !['manifest', 'input_contract'].includes(file) && !TEMPLATES.test(file)
  })
  const nested = forms.find(([path]) => path.startsWith(`${name}/`))
  return nested ?? forms.find(([path]) => !path.includes('/'))
}

function nameOf(path: string): string {
  return (path.split('/').at(-1) ?? '').replace(/\.json$/, '')
}
