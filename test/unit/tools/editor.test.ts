import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ExpressionBuilder, getGherkinDiagnostics, type ParserAdapter } from '@cucumber/language-service'
import { WasmParserAdapter } from '@cucumber/language-service/wasm'
import { expect } from 'chai'
import { ROOT } from '../../support/runner'

interface EditorSettings {
  'cucumber.features': string[]
  'cucumber.glue': string[]
}

/** The errors that an editor with the shipped settings and Cucumber's official extension shows in the features. */
test('editors know every step', async () => {
  const settings = JSON.parse(readFileSync(join(ROOT, '.vscode/settings.json'), 'utf8')) as EditorSettings
  const read = (patterns: readonly string[]): { path: string; content: string }[] =>
    globSync([...patterns], { cwd: ROOT }).map((path) => ({ path, content: readFileSync(join(ROOT, path), 'utf8') }))
  const adapter: ParserAdapter = new WasmParserAdapter(join(ROOT, 'node_modules/@cucumber/language-service/dist'))
  await adapter.init()
  const glue = read(settings['cucumber.glue']).map(({ path, content }) => ({ languageName: 'tsx' as const, uri: path, content }))
  const { expressionLinks, errors } = new ExpressionBuilder(adapter).build(glue, [])
  expect(errors.map(({ message }) => message)).to.deep.equal([])
  const expressions = expressionLinks.map(({ expression }) => expression)
  const underlined = read(settings['cucumber.features']).flatMap(({ path, content }) =>
    getGherkinDiagnostics(content, expressions).map(({ range, message }) => `${path}:${range.start.line + 1} ${message}`),
  )
  expect(underlined).to.deep.equal([])
})
