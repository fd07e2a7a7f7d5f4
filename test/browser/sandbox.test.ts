import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { hear, launch, openPage, paneOf, phone, press, say } from './browser.ts'
import { buildPages, createProduct, type Product } from './product.ts'

/** The sample group whose territory holds 招贤镇. */
const responsible = '常山县第三督导组'

let product: Product
let browser: Browser
let opened: Page | undefined

beforeAll(async () => {
  await buildPages()
  product = await createProduct()
  await product.start()
  browser = await launch()
})

afterEach(async () => {
  await opened?.close()
})

afterAll(async () => {
  await browser?.close()
  await product?.remove()
})

async function open(viewport?: { width: number; height: number }) {
  const { page, errors } = await openPage(browser, product.url, viewport)
  opened = page
  const villager = paneOf(page, '村民的手机')
  const group = paneOf(page, '督导组的群')
  return { page, errors, villager, group }
}

async function actAs(group: Locator, name: string) {
  const picker = group.getByRole('combobox', { name: '扮演谁' })
  await picker.fill(name)
  await picker.press('Enter')
}

/** As if the first villager did it on another page. */
async function pressStartElsewhere() {
  const [first] = await (await fetch(`${product.url}/sandbox/control/users`)).json()
  await fetch(`${product.url}/sandbox/control/act/start`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user_id: first.id }),
  })
}

test('a villager files a tip, the responsible group gets it, and a supervisor takes it', async () => {
  const { page, errors, villager, group } = await open()

  await press(villager, '开始')
  await hear(villager, '请选择您在哪个县')
  await say(villager, '山底')
  await press(villager, /山底村.*常山县 招贤镇/)
  await hear(villager, '好了，您选的是')

  await press(villager, '我要举报')
  await press(villager, '我明白了，开始写')
  await press(villager, /送钱、送卡/)
  await hear(villager, '事情出在哪个村')
  await say(villager, '招贤 山底')
  await hear(villager, '是谁做的')
  await say(villager, '张某')
  await press(villager, /帮他拉票的人/)
  await press(villager, /今天/)
  await press(villager, '我来说说经过')
  await hear(villager, '请把事情说一说')
  await say(villager, '有人挨家挨户送超市卡，每户两张。')
  await press(villager, '写完了')
  await hear(villager, '有照片、录像、录音吗')
  await villager.getByRole('button', { name: '附件' }).click()
  await page.getByRole('menuitem', { name: '发一张样例照片' }).click()
  await hear(villager, '照片收下了')
  await press(villager, '发完了')
  await press(villager, '交上去')
  await hear(villager, /查询码：[\d ]+/)

  const card = group.getByRole('article').filter({ hasText: '有人挨家挨户送超市卡' }).first()
  await card.waitFor()
  expect(await card.textContent()).toContain('禁止转发')
  expect(await group.getByRole('heading', { level: 3 }).textContent()).toBe(responsible)
  await group.getByRole('img', { name: '照片' }).waitFor()
  expect(await group.textContent()).not.toMatch(/王秀英|秀英/)

  await actAs(group, '路过的人')
  await press(group, '我来办')
  await group.getByRole('alertdialog').getByText('您还没有登记').waitFor()
  await press(group, '知道了')
  await actAs(group, '督导员乙')
  await press(group, '我来办')
  await hear(group, '✓ 督导员乙 来办')
  await press(villager, '看一看')
  await hear(villager, '有人在办了')
  await page.getByText('三步都走完了').waitFor()
  expect(errors).toEqual([])
})

test('the page speaks English after one press and remembers it', async () => {
  const { page } = await open()
  await page.getByRole('group', { name: '语言' }).getByRole('button', { name: 'English' }).click()
  await paneOf(page, "Villager's phone").waitFor()
  await page.reload()
  await page.getByRole('complementary', { name: 'Sandbox notice' }).getByText('SANDBOX').waitFor()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
})

test('on a phone one role is in front, tabs switch, and unread messages are counted', async () => {
  const { page, villager, group } = await open(phone)
  expect(await group.isVisible()).toBe(false)
  const tabs = page.getByRole('navigation', { name: '切换角色' })
  await tabs.getByRole('button', { name: '管理员' }).click()
  expect(await villager.isVisible()).toBe(false)
  await pressStartElsewhere()
  await tabs.getByRole('button', { name: /村民，\d+ 条未读/ }).click()
  await hear(villager, '请选择您在哪个县')
  await tabs.getByRole('button', { name: '村民', exact: true }).waitFor()

  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
})

test('a villager who scans the code of a village is asked to confirm it', async () => {
  const { page, villager } = await open()
  await press(villager, '手机操作')
  await page.getByRole('menuitem', { name: '扫村里的二维码' }).click()
  const dialog = page.getByRole('dialog', { name: '扫二维码' })
  await dialog.getByRole('textbox').fill('https://t.me/qingfeng_sandbox_bot?start=v_330825001214')
  await dialog.getByRole('button', { name: '扫码进入' }).click()
  await hear(villager, '您是这个村的吗')
})

test('a lost server is told, and the page goes on by itself when it is back', async () => {
  const { page, villager } = await open()
  await villager.getByRole('log').waitFor()
  await product.kill()
  await page.getByRole('alert').getByText('正在重新连接').waitFor()
  await say(villager, '山底村')
  await villager.getByText('连不上沙盒服务').waitFor()

  await product.start()
  await page.getByText('正在重新连接').waitFor({ state: 'hidden' })
  // What could not be sent still stands in the box.
  await villager.getByRole('button', { name: '发送', exact: true }).click()
  await hear(villager, /^山底村/)
})
