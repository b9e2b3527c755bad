import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { AttachmentContentEncoding, type Envelope, TestStepResultStatus } from '@cucumber/messages'
import { expect } from 'chai'
import type { Browser } from 'playwright-core'
import { needs, pathOf } from '../../../sandbox/kit/test/needs'
import { RUN_FACTS } from '../../../support/reports/media-types'
import { messagesIn } from '../../../support/reports/messages-file'
import type { RunResults } from '../../../support/reports/results'
import { services } from '../../../support/services'
import { filesBelow, ROOT, startNode } from '../../support/runner'
import { SuiteCopy } from '../../support/suite-copy'

const RUNS = { sandbox: '1795533520-07135c', live: '1795533999-a1b2c3' } as const

/** The messages of a dry run of everything as those of a run in which everything passed. */
function asRun(envelopes: readonly Envelope[], target: 'live' | 'sandbox', startedAt: string): Envelope[] {
  const own = services.map(({ name }) => ({
    service: name,
    target,
    address: 'http://127.0.0.1:4101',
    backing: [],
    scenarios: 80,
  }))
  const facts = {
    runId: RUNS[target],
    startedAt,
    services: own,
    plannedSkips: [],
    leftovers: [],
    kept: 0,
    notes: [],
    failures: [],
  }
  const testRunStartedId = envelopes.find(({ testRunStarted }) => testRunStarted)?.testRunStarted?.id ?? ''
  const attachment = {
    body: JSON.stringify(facts),
    contentEncoding: AttachmentContentEncoding.IDENTITY,
    mediaType: RUN_FACTS,
    testRunStartedId,
  }
  const passed = envelopes.map((envelope): Envelope => {
    const { testStepFinished } = envelope
    if (!testStepFinished) return envelope
    const testStepResult = { status: TestStepResultStatus.PASSED, duration: { seconds: 0, nanos: 20_000_000 } }
    return { testStepFinished: { ...testStepFinished, testStepResult } }
  })
  return [...passed.slice(0, -1), { attachment }, ...passed.slice(-1)]
}

function sizeBelow(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return entries.reduce((total, { parentPath, name }) => total + statSync(join(parentPath, name)).size, 0)
}

describe('the living documentation of a full run, live and on the sandbox', () => {
  const own = Object.entries(filesBelow(join(ROOT, 'features'))).filter(([path]) => path.endsWith('.feature'))
  const suite = new SuiteCopy(Object.fromEntries(own))
  const reports = join(suite.folder, 'reports')
  const took: Record<string, number> = {}

  before(async () => {
    await suite.run(['--dry-run'])
    const [dry = ''] = readdirSync(reports).filter((name) => /^\d{10}-/.test(name))
    const envelopes = messagesIn(join(reports, dry, 'messages.ndjson'))
    for (const [target, runId] of Object.entries(RUNS) as ['live' | 'sandbox', string][]) {
      const folder = join(reports, runId)
      mkdirSync(folder)
      const lines = asRun(envelopes, target, new Date(1_000 * Number(runId.slice(0, 10))).toISOString())
      writeFileSync(join(folder, 'messages.ndjson'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
      const script = `
        const { writeReportsOf } = require('./support/reports/write-reports')
        const { messagesIn } = require('./support/reports/messages-file')
        const before = process.cpuUsage()
        writeReportsOf(messagesIn('${join(folder, 'messages.ndjson')}'), '${folder}').then(() => {
          const { user, system } = process.cpuUsage(before)
          console.log(Math.round((user + system) / 1000))
        })`
      const { stdout, stderr } = await startNode(suite.folder, ['--require', './support/run/typescript.js', '--eval', script])
        .ended
      took[target] = Number(stdout)
      expect(stderr).to.equal('')
    }
  })
  after(() => suite.remove())

  test('is written in less than two seconds of this machine, all other reports included', () => {
    expect(took.sandbox, JSON.stringify(took)).to.be.within(1, 2_000)
    expect(took.live, JSON.stringify(took)).to.be.within(1, 2_000)
  })

  test('is smaller than 3 MB', () => {
    const size = sizeBelow(join(reports, 'site')) + statSync(join(reports, 'index.html')).size
    expect(size).to.be.within(500_000, 3_000_000)
  })

  test('has every scenario, with both results', () => {
    const { results } = JSON.parse(readFileSync(join(reports, RUNS.live, 'results.json'), 'utf8')) as RunResults
    const data = readFileSync(join(reports, 'site', 'assets', 'scenarios.js'), 'utf8')
    const { entries } = JSON.parse(JSON.parse(/^window\.acceptance=JSON\.parse\((.*)\)\n$/s.exec(data)?.[1] ?? '')) as {
      entries: { p: string; l: number; b: number }[]
    }
    expect(entries).to.have.length(Object.keys(results).length)
    const passed = 3
    expect(entries.every(({ l, b }) => l === passed && b === passed)).to.equal(true)
    expect(new Set(entries.map(({ p }) => p)).size).to.equal(entries.length)
  })

  test('names every scenario by a link that leads to it', () => {
    const data = readFileSync(join(reports, 'site', 'assets', 'scenarios.js'), 'utf8')
    const paths = [...data.matchAll(/\\"p\\":\\"([^"\\]+)\\"/g)].map(([, path = '']) => path)
    const pages = new Map<string, string>()
    for (const path of paths) {
      const [file = '', anchor = ''] = path.split('#')
      const page = pages.get(file) ?? readFileSync(join(reports, file), 'utf8')
      pages.set(file, page)
      expect(page.includes(` id="${anchor}"`), path).to.equal(true)
    }
  })

  describe('in a browser', needs('chromium'), () => {
    let browser: Browser
    before(async () => {
      const { chromium } = await import('playwright-core')
      browser = await chromium.launch({ executablePath: pathOf('chromium') ?? '', args: ['--no-sandbox'] })
    })
    after(() => browser.close())

    test('a word finds its scenarios, also one with a letter missing', async (context) => {
      const page = await browser.newPage()
      await page.goto(pathToFileURL(join(reports, 'index.html')).href)
      const ready = Number(await page.evaluate('performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd'))
      const searches = `(() => {
        const form = document.querySelector('main form')
        return ['message', 'token', 'project', 'nothinglikeit', 'mesage', 'refused because'].map((word) => {
          const started = performance.now()
          form.elements.q.value = word
          form.elements.q.dispatchEvent(new Event('input', { bubbles: true }))
          return { took: performance.now() - started, hits: form.querySelectorAll('[data-hits] li').length }
        })
      })()`
      await page.locator('html[data-search=ready]').waitFor()
      const found = (await page.evaluate(searches)) as { took: number; hits: number }[]
      const times = found.map(({ took }) => `${took.toFixed(1)} ms`).join(', ')
      context.diagnostic(`the page is ready after ${ready.toFixed(0)} ms; searches take ${times}`)
      const [message = 0, token = 0, project = 0, nothing, typo = 0, words = 0] = found.map(({ hits }) => hits)
      expect(Math.min(message, token, project, typo, words), JSON.stringify(found)).to.be.above(0)
      expect(nothing).to.equal(0)
    })
  })
})
