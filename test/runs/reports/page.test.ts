import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import axe from 'axe-core'
import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { needs, pathOf } from '../../../sandbox/kit/test/needs'
import { SuiteCopy } from '../../support/suite-copy'
import { BROKEN_STEPS, brokenFeature } from './support/broken'

/** Where pictures of the pages go, to be looked at: `PICTURES=folder node … page.test.ts`. */
const { PICTURES } = process.env

const MORE = `
  Rule: What varies is a table

    @slow
    Scenario Outline: A call as <who> takes a while
      When the health is looked at
      Then the title is "<title>", although it is "One red glove"

      Examples: people
        | who | title          |
        | Ada | One red glove  |
        | Ben | Two red gloves |

    Scenario: A <b>title</b> & "its" signs <script>alert(1)</script>
      When the health is looked at with
        | what | <img src=x onerror=alert(2)> |
      And the health is looked at with the text
        """
        A text of "several" <lines>,
        kept as it is.
        """
`
const STEPS = `${BROKEN_STEPS}
When('the health is looked at with', (_table: unknown) => undefined)
When('the health is looked at with the text', (_text: string) => undefined)
`
const SCHEMES = ['light', 'dark'] as const
const WIDTHS = [1280, 360] as const

describe('the reports in a browser', needs('chromium'), () => {
  const suite = new SuiteCopy({ 'colony/broken.feature': brokenFeature() + MORE, 'colony/hooks.ts': STEPS })
  let browser: Browser
  let pages: Record<string, string>
  const complaints: string[] = []

  before(async () => {
    await suite.run(['--retry', '1'])
    await suite.run(['--retry', '1'], { ACCEPTANCE_SLOW: '1' })
    await suite.run(['--profile', 'live'])
    const runs = readdirSync(join(suite.folder, 'reports')).filter((name) => /^\d{10}-/.test(name))
    pages = {
      overview: 'index.html',
      service: 'site/colony/index.html',
      feature: 'site/colony/broken.html',
      steps: 'site/steps.html',
      runs: 'site/runs.html',
      run: join(runs.sort()[1] ?? '', 'index.html'),
    }
    const { chromium } = await import('playwright-core')
    browser = await chromium.launch({ executablePath: pathOf('chromium') ?? '', args: ['--no-sandbox'] })
  })
  after(async () => {
    await browser.close()
    suite.remove()
  })

  function addressOf(path: string, hash = ''): string {
    return pathToFileURL(join(suite.folder, 'reports', path)).href + hash
  }

  async function open(
    path: string,
    options: { width?: number; colorScheme?: 'light' | 'dark'; hash?: string } = {},
  ): Promise<Page> {
    const { width = 1280, colorScheme = 'light', hash = '' } = options
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 }, reducedMotion: 'reduce' })
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('requestfailed', (request) => complaints.push(`not loaded: ${request.url()}`))
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) complaints.push(`asks the network: ${request.url()}`)
    })
    await page.goto(addressOf(path, hash))
    return page
  }

  /** As a reader sees it: what is folded or hidden is not there. */
  async function visible(page: Page): Promise<string> {
    return String(await page.evaluate('document.body.innerText'))
  }

  async function violations(page: Page): Promise<string[]> {
    await page.evaluate(axe.source)
    const found = (await page.evaluate('axe.run(document, { resultTypes: ["violations"], preload: false })')) as axe.AxeResults
    return found.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`,
    )
  }

  test('no page breaks a rule of axe, in either scheme, at either width', async () => {
    for (const colorScheme of SCHEMES)
      for (const width of WIDTHS)
        for (const [name, path] of Object.entries(pages)) {
          const page = await open(path, { width, colorScheme })
          await page.evaluate('for (const part of document.querySelectorAll("main details")) part.open = true')
          expect(await violations(page), `${name}, ${colorScheme}, ${width}`).to.deep.equal([])
          await page.close()
        }
  })

  test('nor does the search, opened over a page', async () => {
    for (const colorScheme of SCHEMES) {
      const page = await open(pages.feature ?? '', { colorScheme, width: 360 })
      await page.keyboard.press('/')
      await page.keyboard.type('refused')
      expect(await violations(page), colorScheme).to.deep.equal([])
      await page.close()
    }
  })

  test('the search can be used as soon as it is open', async () => {
    const page = await open(pages.feature ?? '')
    await page.keyboard.press('/')
    expect(await page.evaluate('document.documentElement.dataset.search')).to.equal('ready')
    await page.close()
  })

  test('no page is wider than a phone', async () => {
    for (const [name, path] of Object.entries(pages)) {
      const page = await open(path, { width: 360 })
      expect(await page.evaluate('document.documentElement.scrollWidth'), name).to.equal(360)
      await page.close()
    }
  })

  test('pictures can be taken of all of them', { skip: PICTURES ? false : 'PICTURES names no folder' }, async () => {
    mkdirSync(PICTURES ?? '', { recursive: true })
    for (const colorScheme of SCHEMES)
      for (const width of WIDTHS)
        for (const [name, path] of Object.entries(pages)) {
          const page = await open(path, { width, colorScheme })
          await page.screenshot({ path: join(PICTURES ?? '', `${name}-${width}-${colorScheme}.png`), fullPage: true })
          await page.close()
        }
  })

  test('the overview begins with failures, and distinguishes both targets', async () => {
    const page = await open('index.html')
    const text = await visible(page)
    expect(text).to.match(/Failing now\s+5[\s\S]*A refused call says what was refused[\s\S]*Flaky/)
    expect(text)
      .to.match(/Live\s+9 skipped/)
      .and.to.match(/Sandbox\s+5 failed/)
  })

  test('a feature shows its narrative, rules, steps, tables and texts as they were written', async () => {
    const page = await open(pages.feature ?? '')
    const text = await visible(page)
    expect(text).to.contain('Whoever reads a failure wants to know why.')
    expect(text).to.contain('A failure explains itself').and.contain('Before each scenario')
    expect(text).to.contain('A <b>title</b> & "its" signs <script>alert(1)</script>')
    expect(text).to.contain('<img src=x onerror=alert(2)>').and.contain('kept as it is.')
    expect(text).to.match(/Two red gloves\s+–\s*skipped/)
    expect(text).to.match(/Live, skipped:.*COLONY_TEST_API_KEY/)
  })

  test('a failed scenario leads to its calls', async () => {
    const page = await open(pages.feature ?? '')
    await page.getByRole('link', { name: 'calls and details' }).first().click()
    const text = await visible(page)
    expect(page.url()).to.match(/index\.html#colony-broken-feature-10$/)
    expect(text).to.contain("expected 'Two red gloves' to equal 'One red glove'")
    expect(text)
      .to.match(/GET\s+\/api\/v1\/users\/me\s+403/)
      .and.to.match(/curl -X GET 'http/)
  })

  test('a scenario is found by a word while it is typed, and reached by keyboard alone', async () => {
    const page = await open(pages.steps ?? '')
    await page.keyboard.press('/')
    await page.keyboard.type('contrct')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(/broken\.html#a-breach-of-contract-names-the-field$/)
    expect(await page.locator(':target').textContent()).to.contain('A breach of contract names the field')
  })

  test('filters by result, target, service and tag show only matches, and have an address', async () => {
    const page = await open('index.html')
    const list = page.locator('main [data-hits] li')
    expect(await list.first().textContent()).to.contain('failed')
    await page.locator('main [name=status]').selectOption('flaky')
    expect(await list.allTextContents()).to.have.length(1)
    await page.locator('main [name=status]').selectOption('')
    await page.locator('main [name=tag]').selectOption('@needs:second-account')
    expect(await list.allTextContents()).to.have.length(1)
    expect(page.url()).to.contain('#find?tag=%40needs%3Asecond-account')
    const again = await open('index.html', { hash: '#find?target=live&status=skipped' })
    expect(await again.locator('main [data-found]').textContent()).to.equal('9 scenarios')
  })

  test('the step catalogue shows where a step is used, and is filtered by words', async () => {
    const page = await open(pages.steps ?? '')
    await page.getByLabel('Filter').fill('without token')
    expect(await visible(page))
      .to.contain('a call is made without a token')
      .and.not.contain('no server listens')
    await page.getByText('in one scenario').first().click()
    await page.getByRole('link', { name: 'A refused call says what was refused' }).click()
    await page.waitForURL(/#a-refused-call-says-what-was-refused$/)
  })

  test("Cucumber's own report of the run shows targets, the reason of a skip and the calls of a failure", async () => {
    const page = await open((pages.run ?? '').replace('index.html', 'report.html'))
    await page.getByText('Things that break').first().waitFor()
    for (const closed of await page.getByRole('button', { expanded: false }).all()) await closed.click()
    const text = await visible(page)
    expect(text).to.contain('live: 0 of 1 · sandbox: 1').and.contain('colony').and.contain('http://127.0.0.1:')
    expect(text).to.match(/GET .*\/users\/me -> 403/)
  })

  test('there are no console errors and no network requests', () => {
    expect(complaints).to.deep.equal([])
  })

  test('a page is complete without its script', () => {
    const text = readFileSync(join(suite.folder, 'reports', pages.feature ?? ''), 'utf8')
    expect(text).to.not.match(/<img|<b>title|src="http|href="http/)
    expect(text).to.contain('A refused call says what was refused')
  })
})
