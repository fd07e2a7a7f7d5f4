import { type Browser, chromium, type Locator, type Page } from 'playwright-core'

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const PATIENCE_MS = 15_000

const wide = { width: 1440, height: 900 }
export const phone = { width: 390, height: 844 }

/** The system's Chromium; CHROMIUM_PATH names another one. */
export function launch(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
  return chromium.launch({ executablePath, args: ARGUMENTS })
}

/** What went wrong on the page itself is collected, for a test that passes over errors proves little. */
export async function openPage(browser: Browser, url: string, viewport = wide) {
  const page = await browser.newPage({ viewport })
  page.setDefaultTimeout(PATIENCE_MS)
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  await page.goto(url)
  return { page, errors }
}

export function paneOf(page: Page, name: string): Locator {
  return page.getByRole('region', { name })
}

/** The newest button of that name: the same question may stand further up, asked earlier. */
export async function press(pane: Locator, name: string | RegExp): Promise<void> {
  await pane
    .getByRole('button', { name, exact: typeof name === 'string' })
    .last()
    .click()
}

export async function say(pane: Locator, words: string): Promise<void> {
  const box = pane.getByRole('textbox', { name: /^(消息内容|Message)$/ })
  await box.fill(words)
  await box.press('Enter')
}

export async function hear(pane: Locator, words: string | RegExp): Promise<void> {
  await pane.getByRole('article').filter({ hasText: words }).last().waitFor()
}
