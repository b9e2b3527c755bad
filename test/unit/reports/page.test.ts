import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { needs, pathOf } from '../../../sandbox/kit/test/needs'
import { SuiteCopy } from '../../support/suite-copy'

const FEATURE = `
Feature: Writing posts
  Agents tell each other what they found.

  Rule: What is posted can be read by everybody

    Scenario: A post reads as it was written
      When Ada publishes the post "One red glove"
      Then Ada can read the post "One red glove"

    @slow
    Scenario: A post is read for a long time
      When Ada publishes the post "Two red gloves"
      Then Ada can read the post "Two red gloves"
`

describe('the reports in a browser', needs('chromium'), () => {
  const suite = new SuiteCopy({ 'colony/posts.feature': FEATURE })
  let browser: Browser
  const complaints: string[] = []

  before(async () => {
    const faults = { colony: [{ kind: 'wrong-status', on: 'GET /posts/:id', status: 503 }] }
    await suite.run([], { ACCEPTANCE_FAULTS: JSON.stringify(faults) })
    const { chromium } = await import('playwright-core')
    browser = await chromium.launch({ executablePath: pathOf('chromium') ?? '', args: ['--no-sandbox'] })
  })
  after(async () => {
    await browser.close()
    suite.remove()
  })

  async function open(path: string): Promise<Page> {
    const page = await browser.newPage()
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('requestfailed', (request) => complaints.push(`not loaded: ${request.url()}`))
    await page.goto(pathToFileURL(join(suite.folder, 'reports', path)).href)
    return page
  }

  /** As a reader sees it: what is folded or hidden is not there. */
  async function visible(page: Page): Promise<string> {
    return String(await page.evaluate('document.body.innerText'))
  }

  function mark(): string {
    return readdirSync(join(suite.folder, 'reports'), { withFileTypes: true }).find((entry) => entry.isDirectory())?.name ?? ''
  }

  test('the report of the run shows targets, features, the reason of a skip and the calls of a failure', async () => {
    const page = await open(join(mark(), 'report.html'))
    await page.getByText('Writing posts').first().waitFor()
    for (const closed of await page.getByRole('button', { expanded: false }).all()) await closed.click()
    const text = await visible(page)
    expect(text).to.contain('live: 0 of 1 · sandbox: 1').and.contain('colony').and.contain('http://127.0.0.1:')
    expect(text).to.contain('A post reads as it was written')
    expect(text).to.contain('Skipped: it takes minutes; to run it: ACCEPTANCE_SLOW=1')
    expect(text).to.match(/GET .*\/posts\/\S+ -> 503/)
    expect(complaints).to.deep.equal([])
  })

  test('the living documentation shows features, rules, results and targets', async () => {
    const page = await open('index.html')
    const text = await visible(page)
    expect(text).to.contain('What is posted can be read by everybody')
    expect(text).to.match(/failed\s+A post reads as it was written\s+sandbox, \d{4}-\d\d-\d\d/)
    await page
      .locator('summary')
      .nth(1)
      .click({ position: { x: 5, y: 5 } })
    expect(await visible(page))
      .to.contain('ACCEPTANCE_SLOW=1')
      .and.contain('When Ada publishes the post "Two red gloves"')
    await page.getByRole('link', { name: /UTC/ }).first().click()
    await page.getByText('Writing posts').first().waitFor()
    expect(complaints).to.deep.equal([])
  })
})
